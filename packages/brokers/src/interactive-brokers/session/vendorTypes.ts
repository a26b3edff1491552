import type {
  CommissionReport,
  Contract,
  ContractDescription,
  ContractDetails,
  Execution,
  ExecutionFilter,
  Order,
  OrderState,
  PriceIncrement,
} from "@stoqey/ib";
import type { DecimalString } from "../../domain/decimal.ts";

/** A vendor's enumeration as the plain words or numbers that it stands for. */
type Plain<Value> = Value extends string ? `${Value}` : Value;

/** What the vendor's library tells, read-only; what is unset may be absent, or the greatest double there is. */
type Told<Fields> = { readonly [Field in keyof Fields]?: Plain<Fields[Field]> };

/**
 * What the vendor's library is given. Its encoder writes a number as JavaScript prints it (1e-7, 0.30000000000000004), and
 * a string as it is: so a price or quantity is given as an exact string.
 */
type Given<Fields> = {
  readonly [Field in keyof Fields]?: Exclude<Fields[Field], undefined> extends number
    ? number | DecimalString
    : Plain<Fields[Field]>;
};

export type IBContract = Told<Contract>;
export type IBContractDetails = Told<Omit<ContractDetails, "contract">> & { readonly contract: IBContract };
export type IBContractDescription = Told<Omit<ContractDescription, "contract">> & { readonly contract?: IBContract };
export type IBOrderTold = Told<Order>;
export type IBOrderState = Told<OrderState>;
export type IBExecution = Told<Execution>;
export type IBExecutionFilter = Told<ExecutionFilter>;
export type IBCommissionReport = Told<CommissionReport>;
export type IBPriceIncrement = Told<PriceIncrement>;
/** An order as it is sent: every field that it has, prices and quantities as exact strings. */
export type IBOrderGiven = Given<Order>;

import { z } from "zod";
import { whileSignedIn } from "../auth/whileSignedIn.ts";
import { router, signedInProcedure } from "../trpc.ts";
import { readBars } from "../usecases/market/readBars.ts";
import { readInstrument } from "../usecases/market/readInstrument.ts";
import { readMarket } from "../usecases/market/readMarket.ts";
import { readWatchlist, setWatchlist } from "../usecases/market/watchlist.ts";
import { searchInstruments } from "../usecases/market/searchInstruments.ts";
import { watchQuotes } from "../usecases/market/watchQuotes.ts";
import { watchTicks } from "../usecases/market/watchTicks.ts";
import {
  bars,
  barsInput,
  instrument,
  instrumentInput,
  market,
  marketInput,
  quotesInput,
  searchInput,
  setWatchlistInput,
  watchlist,
  ticksInput,
  type QuoteBatch,
  type TickBatch,
} from "../wire/marketData.ts";

export const marketDataRouter = router({
  search: signedInProcedure
    .meta({ bucket: "read", token: "read" })
    .input(searchInput)
    .output(z.array(instrument))
    .query(({ ctx, input }) => searchInstruments(ctx.desk, ctx.actor, input)),

  instrument: signedInProcedure
    .meta({ bucket: "read", token: "read" })
    .input(instrumentInput)
    .output(instrument)
    .query(({ ctx, input }) => readInstrument(ctx.desk, ctx.actor, input)),

  bars: signedInProcedure
    .meta({ bucket: "read", token: "read" })
    .input(barsInput)
    .output(bars)
    .query(({ ctx, input }) => readBars(ctx.desk, ctx.actor, input)),

  market: signedInProcedure
    .meta({ bucket: "read", token: "read" })
    .input(marketInput)
    .output(market)
    .query(({ ctx, input }) => readMarket(ctx.desk, ctx.actor, input.connectionId)),

  quotes: signedInProcedure
    .meta({ bucket: "subscribe", token: "none" })
    .input(quotesInput)
    .subscription(({ ctx, input, signal }): AsyncGenerator<QuoteBatch> =>
      whileSignedIn(ctx, signal, (open) => watchQuotes(ctx, ctx.actor, input, open)),
    ),

  ticks: signedInProcedure
    .meta({ bucket: "subscribe", token: "none" })
    .input(ticksInput)
    .subscription(({ ctx, input, signal }): AsyncGenerator<TickBatch> =>
      whileSignedIn(ctx, signal, (open) => watchTicks(ctx, ctx.actor, input, open)),
    ),

  watchlist: signedInProcedure
    .meta({ bucket: "read", token: "read" })
    .output(watchlist)
    .query(({ ctx }) => readWatchlist(ctx.desk, ctx.actor)),

  setWatchlist: signedInProcedure
    .meta({ bucket: "write", token: "none" })
    .input(setWatchlistInput)
    .output(watchlist)
    .mutation(({ ctx, input }) => setWatchlist(ctx.desk, ctx.actor, input.symbols)),
});

import { QueryClientProvider } from "@tanstack/react-query";
import type { QueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { DeskContext } from "../lib/desk.ts";
import type { Desk } from "../lib/desk.ts";
import { TRPCProvider } from "../lib/trpcClient.ts";
import type { DeskClient } from "../lib/trpcClient.ts";

interface ProvidersProps {
  readonly desk: Desk;
  readonly client: DeskClient;
  readonly queryClient: QueryClient;
  readonly children: ReactNode;
}

export function Providers({ desk, client, queryClient, children }: ProvidersProps) {
  return (
    <DeskContext value={desk}>
      <QueryClientProvider client={queryClient}>
        <TRPCProvider trpcClient={client} queryClient={queryClient}>
          {children}
        </TRPCProvider>
      </QueryClientProvider>
    </DeskContext>
  );
}

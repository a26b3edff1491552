/** A full day on which the exchanges did not open although the rules said they would. */
interface UnscheduledClosing {
  readonly reason: string;
  readonly source: string;
}

/** By date, from 2010 on. No rule knows the next one: add a row when the exchanges announce it. */
export const UNSCHEDULED_CLOSINGS: Readonly<Record<string, UnscheduledClosing>> = {
  "2012-10-29": { reason: "Hurricane Sandy", source: "http://www.finalternatives.com/node/21976" },
  "2012-10-30": { reason: "Hurricane Sandy", source: "http://www.finalternatives.com/node/21976" },
  "2018-12-05": {
    reason: "National day of mourning for President George H. W. Bush",
    source: "https://www.tmcnet.com/usubmit/2018/12/01/8860763.htm",
  },
  "2025-01-09": {
    reason: "National day of mourning for President Jimmy Carter",
    source:
      "https://mondovisione.com/media-and-resources/news/the-new-york-stock-exchange-will-close-markets-on-january-9-to-honor-the-passing/",
  },
};

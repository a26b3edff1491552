/** A full day on which the exchanges did not open although the rules said so. */
interface UnscheduledClosing {
  readonly reason: string;
  readonly source: string;
}

/** By date, 2010 on. The calendar cannot know the next one: add a row when an exchange announces it. */
export const UNSCHEDULED_CLOSINGS: Readonly<Record<string, UnscheduledClosing>> = {
  "2012-10-29": { reason: "Hurricane Sandy", source: "https://www.sec.gov/news/press-release/2012-2012-219htm" },
};

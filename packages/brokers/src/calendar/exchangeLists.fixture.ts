/**
 * Full-day closings as the exchanges published them, unscheduled ones included. 2011 to 2016:
 * https://wallstreetdiary.blogspot.com/2013/03/nyse-holiday-schedule.html (NYSE's table of the time); 2022 to 2024:
 * http://finance.sananselmo.com/camedia.sananselmo/article/bizwire-2021-12-27-nyse-group-announces-2022-2023-and-2024-holiday-and-early-closings-calendar;
 * 2025: https://www.01net.it/nyse-group-announces-2025-2026-and-2027-holiday-and-early-closings-calendar/; 2026 to 2028:
 * https://mondovisione.com/media-and-resources/news/nyse-group-announces-2026-2027-and-2028-holiday-and-early-closings-calendar-20251223/
 */
export const PUBLISHED_CLOSINGS: Readonly<Record<string, readonly string[]>> = {
  2011: ["01-17", "02-21", "04-22", "05-30", "07-04", "09-05", "11-24", "12-26"],
  2012: ["01-02", "01-16", "02-20", "04-06", "05-28", "07-04", "09-03", "10-29", "10-30", "11-22", "12-25"],
  2013: ["01-01", "01-21", "02-18", "03-29", "05-27", "07-04", "09-02", "11-28", "12-25"],
  2014: ["01-01", "01-20", "02-17", "04-18", "05-26", "07-04", "09-01", "11-27", "12-25"],
  2015: ["01-01", "01-19", "02-16", "04-03", "05-25", "07-03", "09-07", "11-26", "12-25"],
  2016: ["01-01", "01-18", "02-15", "03-25", "05-30", "07-04", "09-05", "11-24", "12-26"],
  2022: ["01-17", "02-21", "04-15", "05-30", "06-20", "07-04", "09-05", "11-24", "12-26"],
  2023: ["01-02", "01-16", "02-20", "04-07", "05-29", "06-19", "07-04", "09-04", "11-23", "12-25"],
  2024: ["01-01", "01-15", "02-19", "03-29", "05-27", "06-19", "07-04", "09-02", "11-28", "12-25"],
  2025: ["01-01", "01-09", "01-20", "02-17", "04-18", "05-26", "06-19", "07-04", "09-01", "11-27", "12-25"],
  2026: ["01-01", "01-19", "02-16", "04-03", "05-25", "06-19", "07-03", "09-07", "11-26", "12-25"],
  2027: ["01-01", "01-18", "02-15", "03-26", "05-31", "06-18", "07-05", "09-06", "11-25", "12-24"],
  2028: ["01-17", "02-21", "04-14", "05-29", "06-19", "07-04", "09-04", "11-23", "12-25"],
};

/**
 * Days that closed at 13:00, from the same pages; 2012: http://thechinainvestmentabctetffund.blogspot.com/2013/02/nyse-2012-2013-holiday-schedule.html;
 * 2015: https://moneymorning.com/2012/10/30/new-york-stock-exchange-nyse-holiday-calendar-2013-2014-2015/
 */
export const PUBLISHED_EARLY_CLOSES: Readonly<Record<string, readonly string[]>> = {
  2012: ["07-03", "11-23", "12-24"],
  2014: ["07-03", "11-28", "12-24"],
  2015: ["11-27", "12-24"],
  2025: ["07-03", "11-28", "12-24"],
  2026: ["11-27", "12-24"],
  2027: ["11-26"],
  2028: ["07-03", "11-24"],
};

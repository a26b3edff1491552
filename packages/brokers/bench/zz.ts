import { benchPaperThroughput } from "./paperThroughput.ts";
for (let i=0;i<5;i++) console.log(JSON.stringify(benchPaperThroughput(200000)));

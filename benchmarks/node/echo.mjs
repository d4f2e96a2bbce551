// grammY with its runner: many updates at once.
import { run } from "@grammyjs/runner";
import { Bot } from "grammy";

const [address, token] = process.argv.slice(2);
const bot = new Bot(token, { client: { apiRoot: address } });
bot.on("message:text", (ctx) => ctx.reply(ctx.message.text));
await bot.init();
const runner = run(bot);
process.once("SIGTERM", () => runner.stop().then(() => process.exit(0)));

/** The public interface of the agent: a member in the terminal. */

export { runAgent } from "./agent.ts";
export { seedMistake } from "./joining.ts";
export type { AgentHands, AgentSettings, AgentSignal, LogLevel, Page, WrittenMember } from "./settings.ts";

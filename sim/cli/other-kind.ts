/** What a YAML file is that was taken for another kind of ours: by the keys that only its own kind has. */

const KINDS = [
  { kind: "a sweep", own: /^grid:/m, command: "sweep" },
  { kind: "a small world", own: /^(?:losses|delays|crashes|leaves|phases):/m, command: "explore" },
  { kind: "a scenario", own: /^(?:duration|timeline|expect):/m, command: "" },
] as const;

/** A line that says which command is for this file, if it is of another kind than the command named (empty: the one that plays scenarios); else nothing. */
export function otherKind(file: string, text: string, command: "" | "sweep"): readonly string[] {
  const meant = KINDS.find(({ own }) => own.test(text));
  if (meant === undefined || meant.command === command) return [];
  const other = KINDS.find((each) => each.command === command)?.kind ?? "";
  return [`${file} looks like ${meant.kind}, not like ${other}: write ${meant.command === "" ? file : `${meant.command} ${file}`}`];
}

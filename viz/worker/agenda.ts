/** Reads a member's agendas: the engine keeps them as trees, ranked by deadline. */

/** An agenda's tree, as far as a reader needs it. */
type Tree<Item> = { readonly rank: number; readonly item: Item; readonly left: Tree<Item> | null; readonly right: Tree<Item> | null; readonly size: number } | null;

/** Every item with its rank, in no particular order. */
export function entriesOf<Item>(agenda: Tree<Item>): readonly { readonly rank: number; readonly item: Item }[] {
  const found: { readonly rank: number; readonly item: Item }[] = [];
  const waiting = [agenda];
  for (let tree = waiting.pop(); tree !== undefined; tree = waiting.pop()) {
    if (tree === null) continue;
    found.push({ rank: tree.rank, item: tree.item });
    waiting.push(tree.left, tree.right);
  }
  return found;
}

export const sizeOfAgenda = (agenda: Tree<unknown>): number => agenda?.size ?? 0;

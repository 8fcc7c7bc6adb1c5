/** The board that players take their runs from. */

import { expect, test } from "vitest";
import { Board } from "../../sim/cli/play/board.ts";

test("every run is given out once, from whichever side of the board", () => {
  const board = new Board({ runs: 4, players: 2 });
  const same = new Board(board.memory);
  expect([board.take(), same.take(), same.take(), board.take(), board.take(), same.take()]).toEqual([0, 1, 2, 3, null, null]);
});

test("a closed board gives out nothing more", () => {
  const board = new Board({ runs: 4, players: 1 });
  expect(board.take()).toBe(0);
  new Board(board.memory).close();
  expect(board.take()).toBeNull();
});

test("progress counts finished runs, and the part played of those under way", () => {
  const board = new Board({ runs: 4, players: 2 });
  board.reach(0, 0.25);
  board.reach(1, 0.5);
  expect(board.played).toBe(0.75);
  board.finish(1);
  expect(board.played).toBe(1.25);
  expect(board.finished).toBe(1);
});

test("an open board gives out more as its end moves, and no more once it is settled", () => {
  const board = new Board({ runs: 1, players: 1, isOpen: true });
  expect([board.take(), board.take()]).toEqual([0, null]);
  board.extend(3);
  expect([board.take(), board.take(), board.take()]).toEqual([1, 2, null]);
  board.extend(4);
  board.settle();
  const other = new Board(board.memory);
  expect([other.take(), other.take()]).toEqual([3, null]);
});

// What is thrown where something given doesn't do: its message is a sentence that says
// what would.

export class Refusal extends Error {}

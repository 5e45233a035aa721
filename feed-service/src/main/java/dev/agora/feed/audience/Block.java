package dev.agora.feed.audience;

/**
 * An active block.
 *
 * @param blocker the id of the member who blocks
 * @param blocked the id of the member who is blocked
 */
public record Block(String blocker, String blocked) {
}

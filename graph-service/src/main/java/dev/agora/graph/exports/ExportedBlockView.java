package dev.agora.graph.exports;

import java.time.Instant;

import dev.agora.graph.edge.Block;

/**
 * A block in an export of the member who blocks.
 *
 * @param blocked the id of the member who is blocked
 * @param active whether the block is active
 * @param since the time of the last start or end
 */
record ExportedBlockView(String blocked, boolean active, Instant since) {

	static ExportedBlockView of(Block block) {
		return new ExportedBlockView(block.blocked(), block.active(), block.since());
	}

}

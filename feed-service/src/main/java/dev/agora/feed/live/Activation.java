package dev.agora.feed.live;

import java.util.List;

import dev.agora.feed.live.item.LiveItem;

/**
 * The start of a stream.
 *
 * @param items what the client lacks, in the order of arrival
 * @param complete whether this is all that it lacks
 * @param position the position of the client after that
 */
record Activation(List<LiveItem> items, boolean complete, String position) {

}

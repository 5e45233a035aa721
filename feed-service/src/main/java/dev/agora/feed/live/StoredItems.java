package dev.agora.feed.live;

import java.util.List;

import dev.agora.feed.live.item.LiveItem;

/**
 * The activities that a client receives from the store before it continues with the log.
 *
 * @param items the activities, in the order of their ids
 * @param complete whether these are all that it may lack
 */
record StoredItems(List<LiveItem> items, boolean complete) {

	/** The log has everything. */
	static final StoredItems NONE = new StoredItems(List.of(), true);

}

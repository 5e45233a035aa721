package dev.agora.system;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Counts the differences between actual and expected feeds. */
final class FeedDifferences {

	private final int feeds;

	private int entries;

	private int missing;

	private int duplicate;

	private int extra;

	private int outOfOrder;

	FeedDifferences(int feeds) {
		this.feeds = feeds;
	}

	void count(List<String> expected) {
		this.entries += expected.size();
	}

	void add(List<String> actual, List<String> expected) {
		Set<String> distinct = new HashSet<>(actual);
		this.duplicate += actual.size() - distinct.size();
		this.missing += (int) expected.stream().filter((id) -> !distinct.contains(id)).count();
		this.extra += (int) distinct.stream().filter((id) -> !expected.contains(id)).count();
		List<String> common = new ArrayList<>(actual);
		common.retainAll(expected);
		this.outOfOrder += common.equals(common.stream().sorted(java.util.Comparator.reverseOrder()).toList()) ? 0 : 1;
	}

	boolean isNone() {
		return this.missing + this.duplicate + this.extra + this.outOfOrder == 0;
	}

	@Override
	public String toString() {
		return "%d feeds with %d entries compared: %d missing, %d duplicate, %d extra, %d out of order"
			.formatted(this.feeds, this.entries, this.missing, this.duplicate, this.extra, this.outOfOrder);
	}

}

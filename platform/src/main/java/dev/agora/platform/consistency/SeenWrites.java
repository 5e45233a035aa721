package dev.agora.platform.consistency;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The writes to the aggregates of one topic that a client has seen: the latest ones
 * exactly, and the older ones by a time that none of them is later than.
 *
 * @param until the latest time of a write that is not listed, 0 if all are listed
 * @param latest the later writes, one for each aggregate and type, the oldest first
 */
public record SeenWrites(long until, List<SeenWrite> latest) {

	static final SeenWrites NONE = new SeenWrites(0, List.of());

	/** Bounds the versions that a read checks. */
	private static final int MAX_LISTED = 16;

	static SeenWrites of(long until, Collection<SeenWrite> writes) {
		Map<String, SeenWrite> newest = new LinkedHashMap<>();
		writes.forEach((write) -> newest.merge(write.key(), write, SeenWrite::newest));
		List<SeenWrite> listed = newest.values()
			.stream()
			.filter((write) -> write.time() > until)
			.sorted(Comparator.comparingLong(SeenWrite::time).thenComparing(SeenWrite::key))
			.toList();
		int others = listed.size() - MAX_LISTED;
		return (others > 0) ? of(listed.get(others - 1).time(), listed) : new SeenWrites(until, listed);
	}

	SeenWrites merge(SeenWrites other) {
		return of(Math.max(this.until, other.until),
				Stream.concat(this.latest.stream(), other.latest.stream()).toList());
	}

	/** Replaces the writes up to a time by that time. */
	SeenWrites compact(long time) {
		return this.latest.stream()
			.mapToLong(SeenWrite::time)
			.filter((written) -> written <= time)
			.max()
			.stream()
			.mapToObj((last) -> of(Math.max(this.until, last), this.latest))
			.findFirst()
			.orElse(this);
	}

	/** Whether all of these writes are from a time or earlier. */
	boolean isWithin(long time) {
		return this.until <= time && this.latest.stream().allMatch((write) -> write.time() <= time);
	}

	/**
	 * Returns the versions of the writes after a time, by the ids of the aggregates.
	 * @param types selects the codes of the types of events that count
	 */
	Map<String, Long> versionsAfter(long time, Predicate<Short> types) {
		return this.latest.stream()
			.filter((write) -> write.time() > time)
			.filter((write) -> write.type() == SeenWrite.ANY_TYPE || types.test(write.type()))
			.collect(Collectors.toMap(SeenWrite::id, SeenWrite::version, Math::max));
	}

}

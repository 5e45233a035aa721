package dev.agora.feed.timeline;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * The last element of a complete list.
 *
 * @param watermark the lowest id down to which the timeline is complete
 * @param authors the authors for whom it was built
 * @param pulled those of the authors whose activities are in the store alone
 */
record TimelineSeal(String watermark, Set<String> authors, Set<String> pulled) {

	/** Stands for no pulled authors. */
	private static final String NONE = "-";

	private static final int WATERMARK = 2;

	/**
	 * Parses a seal. A fan-out that read the followers just before an unfollow may have
	 * marked an author for whom the timeline was not built; such a mark is ignored.
	 */
	static TimelineSeal parse(String seal) {
		String[] fields = seal.split(" ", -1);
		Set<String> authors = Set.of(fields[WATERMARK + 1].split(",", -1));
		Set<String> pulled = Set.of(fields[WATERMARK + 2].split(",", -1));
		return new TimelineSeal(fields[WATERMARK], authors,
				pulled.stream().filter(authors::contains).collect(Collectors.toUnmodifiableSet()));
	}

	TimelineSeal withoutPulled() {
		return new TimelineSeal(this.watermark, this.authors, Set.of());
	}

	/** Formats the fields after the run of Redis. */
	String fields() {
		return this.watermark + " " + String.join(",", this.authors) + " "
				+ (this.pulled.isEmpty() ? NONE : String.join(",", this.pulled));
	}

}

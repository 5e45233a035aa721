package dev.agora.graph.set;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.id.IdGenerator;

/**
 * The ids of all members in one set, or the knowledge that they are too many to be read
 * at once.
 */
public final class IdSet {

	/** A set that is too large: its ids are read from MongoDB, page by page. */
	public static final IdSet TOO_LARGE = new IdSet(new long[0]);

	/** The element of each whole set in Redis, which is no id. */
	static final long MARKER = 0;

	private final long[] numbers;

	private IdSet(long[] numbers) {
		this.numbers = numbers;
	}

	/**
	 * Creates a set.
	 * @param numbers the ids as numbers, in any order, each once; the set keeps the array
	 */
	static IdSet of(long... numbers) {
		Arrays.sort(numbers);
		return new IdSet(numbers);
	}

	/**
	 * Creates the set that Redis has returned.
	 * @param elements the elements as numbers, in any order, each once
	 * @return null if they lack the marker, so that the set is not whole, or if one of
	 * them is no id
	 */
	static @Nullable IdSet ofWhole(Collection<?> elements) {
		long[] numbers = new long[elements.size()];
		int count = 0;
		for (Object element : elements) {
			long number = (Long) element;
			if (number == IdCodec.NO_ID) {
				return null;
			}
			if (number != MARKER) {
				numbers[count++] = number;
			}
		}
		return (count < numbers.length) ? of(Arrays.copyOf(numbers, count)) : null;
	}

	/** Whether there are too many ids to be read at once. */
	public boolean isTooLarge() {
		return this == TOO_LARGE;
	}

	public int size() {
		return this.numbers.length;
	}

	/** Returns the ids as numbers, which have the order of the ids. */
	public LongStream numbers() {
		return Arrays.stream(this.numbers);
	}

	/** Lists the ids, the highest first. */
	public List<String> ids() {
		return below(Long.MAX_VALUE, Integer.MAX_VALUE).stream().map(IdGenerator::ofNumber).toList();
	}

	/**
	 * Lists the highest ids below one, as numbers, the highest first.
	 * @param number the id as a number
	 * @param limit the maximum number of ids
	 */
	List<Long> below(long number, int limit) {
		int found = Arrays.binarySearch(this.numbers, number);
		int end = (found >= 0) ? found : -found - 1;
		int first = Math.max(0, end - limit);
		List<Long> below = new ArrayList<>(end - first);
		for (int at = end - 1; at >= first; at--) {
			below.add(this.numbers[at]);
		}
		return below;
	}

}

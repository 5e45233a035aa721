package dev.agora.launcher.load.imports;

import java.util.ArrayList;
import java.util.List;

/**
 * The items that an import has refused.
 *
 * @param count the number of refused items
 * @param items the refused items; all items of a file with more errors than its result
 * lists
 * @param errors the first errors
 * @param <T> the type of an item
 */
public record Refusals<T>(int count, List<T> items, List<String> errors) {

	private static final int MAX_SHOWN = 10;

	static <T> Refusals<T> none() {
		return new Refusals<>(0, List.of(), List.of());
	}

	/** Adds those of the next part of a file. */
	Refusals<T> plus(Refusals<T> next) {
		return new Refusals<>(this.count + next.count, concat(this.items, next.items),
				concat(this.errors, next.errors));
	}

	private static <E> List<E> concat(List<E> first, List<E> second) {
		List<E> all = new ArrayList<>(first);
		all.addAll(second);
		return all;
	}

	/** Prints the first errors; returns the number of refused items. */
	public int report() {
		this.errors.stream().limit(MAX_SHOWN).forEach((error) -> System.err.println("\n" + error));
		return this.count;
	}

}

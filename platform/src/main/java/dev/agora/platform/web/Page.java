package dev.agora.platform.web;

import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items the items, in the list's order
 * @param next the cursor of what follows, null at the end
 * @param <T> the kind of item
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Page<T>(List<T> items, @Nullable String next) {

	/**
	 * Cuts a page from items that were read with one more than the limit.
	 * @param read up to {@code limit + 1} items, in order
	 * @param request what was asked for
	 * @param cursor the cursor that continues after an item
	 */
	public static <T> Page<T> cut(List<T> read, PageRequest request, Function<T, String> cursor) {
		if (read.size() <= request.limit()) {
			return new Page<>(List.copyOf(read), null);
		}
		List<T> items = List.copyOf(read.subList(0, request.limit()));
		return new Page<>(items, cursor.apply(items.get(items.size() - 1)));
	}

	/** The same page of something made of its items. */
	public <R> Page<R> map(Function<T, R> view) {
		return new Page<>(this.items.stream().map(view).toList(), this.next);
	}

}

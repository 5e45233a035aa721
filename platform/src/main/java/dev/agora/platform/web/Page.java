package dev.agora.platform.web;

import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items the items, in the order of the list
 * @param next the cursor of the next page, null on the last page
 * @param <T> the type of the items
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Page<T>(List<T> items, @Nullable String next) {

	/**
	 * Cuts a page from the items that were read. One item more than the limit shows that
	 * there is a next page.
	 * @param read up to {@code limit + 1} items, in order
	 * @param request the requested page
	 * @param cursor gives the cursor of the page after an item
	 */
	public static <T> Page<T> cut(List<T> read, PageRequest request, Function<T, String> cursor) {
		if (read.size() <= request.limit()) {
			return new Page<>(List.copyOf(read), null);
		}
		List<T> items = List.copyOf(read.subList(0, request.limit()));
		return new Page<>(items, cursor.apply(items.get(items.size() - 1)));
	}

	/** Converts the items of this page. */
	public <R> Page<R> map(Function<T, R> view) {
		return new Page<>(this.items.stream().map(view).toList(), this.next);
	}

}

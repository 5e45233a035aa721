package dev.agora.platform.document;

import org.jspecify.annotations.Nullable;

/**
 * What a service knows of another's aggregate.
 *
 * @param version the source's version of which this is
 * @param value the copy, null where the source is gone for good
 * @param <T> the copy
 */
public record Projected<T>(long version, @Nullable T value) {

	public boolean isGone() {
		return this.value == null;
	}

}

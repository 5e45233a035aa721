package dev.agora.platform.document;

import org.jspecify.annotations.Nullable;

/**
 * The copy of another service's aggregate.
 *
 * @param version the version of the aggregate that was copied
 * @param value the copy, null if the aggregate was deleted
 * @param <T> the type of the copy
 */
public record Projected<T>(long version, @Nullable T value) {

	public boolean isDeleted() {
		return this.value == null;
	}

}

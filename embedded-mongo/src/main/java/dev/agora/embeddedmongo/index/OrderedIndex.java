package dev.agora.embeddedmongo.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import de.bwaldvogel.mongo.backend.Missing;
import org.jspecify.annotations.Nullable;

import dev.agora.embeddedmongo.storage.IdType;

/**
 * The positions of documents by the value of one field, sorted by that value. Positions
 * that share a value are sorted too.
 */
final class OrderedIndex {

	private final NavigableMap<Object, Set<Object>> positions = new TreeMap<>(IdType.ORDER);

	private final boolean sparse;

	/**
	 * Whether a document has an array in the field. Different elements of an array may
	 * satisfy the two bounds of a range.
	 */
	private boolean multikey;

	private long size;

	OrderedIndex(boolean sparse) {
		this.sparse = sparse;
	}

	/** Marks the index as one that has several values of one document. */
	void markMultikey() {
		this.multikey = true;
	}

	void add(Object value, Object position) {
		Set<Object> known = this.positions.get(value);
		if (known == null) {
			this.positions.put(value, Set.of(position));
			this.size++;
			return;
		}
		if (known.contains(position)) {
			return;
		}
		if (known.size() == 1) {
			// Most values have one position, and an immutable set of one is a third of
			// the size.
			known = sorted(known);
			this.positions.put(value, known);
		}
		known.add(position);
		this.size++;
	}

	private static Set<Object> sorted(Set<Object> positions) {
		Set<Object> sorted = new TreeSet<>(IdType.ORDER);
		sorted.addAll(positions);
		return sorted;
	}

	void remove(Object value, Object position) {
		Set<Object> known = this.positions.get(value);
		if (known == null || !known.contains(position)) {
			return;
		}
		this.size--;
		if (known.size() == 1) {
			this.positions.remove(value);
		}
		else {
			known.remove(position);
			if (known.size() == 1) {
				this.positions.put(value, Set.of(known.iterator().next()));
			}
		}
	}

	long size() {
		return this.size;
	}

	/**
	 * Finds the documents whose value can be within the bounds.
	 * @param bounds the bounds of the query
	 * @return their positions, or {@code null} if this index does not serve the query
	 */
	@Nullable Collection<Object> find(QueryBounds bounds) {
		List<Object> values = bounds.equalTo();
		if (values != null) {
			boolean missing = values.stream().anyMatch((value) -> value instanceof Missing);
			return (missing && this.sparse) ? null : findEqual(values);
		}
		if (bounds.isRange()) {
			return collect(range(bounds).values());
		}
		return (bounds.isPresent() && this.sparse) ? collect(this.positions.values()) : null;
	}

	private Collection<Object> findEqual(List<Object> values) {
		if (values.size() == 1) {
			return this.positions.getOrDefault(values.get(0), Set.of());
		}
		Set<Object> found = new LinkedHashSet<>();
		for (Object value : values) {
			found.addAll(this.positions.getOrDefault(value, Set.of()));
		}
		return found;
	}

	private NavigableMap<Object, Set<Object>> range(QueryBounds bounds) {
		Object lower = bounds.lower();
		Object upper = bounds.upper();
		if (lower != null && upper != null && !this.multikey) {
			return (IdType.ORDER.compare(lower, upper) <= 0) ? this.positions.subMap(lower, true, upper, true)
					: new TreeMap<>();
		}
		if (lower != null) {
			return this.positions.tailMap(lower, true);
		}
		return (upper != null) ? this.positions.headMap(upper, true) : this.positions;
	}

	private Collection<Object> collect(Collection<Set<Object>> sets) {
		if (!this.multikey) {
			List<Object> found = new ArrayList<>();
			sets.forEach(found::addAll);
			return found;
		}
		Set<Object> found = new LinkedHashSet<>();
		sets.forEach(found::addAll);
		return found;
	}

}

package dev.agora.launcher.mongo.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

import de.bwaldvogel.mongo.backend.Missing;
import org.jspecify.annotations.Nullable;

import dev.agora.launcher.mongo.IdType;

/** The positions of documents by the value of one field, in order. */
final class OrderedIndex {

	private final NavigableMap<Object, Set<Object>> positions = new TreeMap<>(IdType.ORDER);

	private final boolean sparse;

	/** Elements of one array may meet the two bounds of a range separately. */
	private boolean arrays;

	private long size;

	OrderedIndex(boolean sparse) {
		this.sparse = sparse;
	}

	void sawArray() {
		this.arrays = true;
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
			// A set of one is a third of the size, and most values are alone.
			known = new HashSet<>(known);
			this.positions.put(value, known);
		}
		known.add(position);
		this.size++;
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
	 * Finds the documents whose value can be among those wanted.
	 * @param wanted the values
	 * @return their positions, or {@code null} if this index cannot tell
	 */
	@Nullable Collection<Object> find(QueryBounds wanted) {
		List<Object> points = wanted.points();
		if (points != null) {
			boolean nothing = points.stream().anyMatch((point) -> point instanceof Missing);
			return (nothing && this.sparse) ? null : at(points);
		}
		if (wanted.isRange()) {
			return collect(range(wanted).values());
		}
		return (wanted.isPresent() && this.sparse) ? collect(this.positions.values()) : null;
	}

	private Collection<Object> at(List<Object> points) {
		if (points.size() == 1) {
			return this.positions.getOrDefault(points.get(0), Set.of());
		}
		Set<Object> found = new LinkedHashSet<>();
		for (Object point : points) {
			found.addAll(this.positions.getOrDefault(point, Set.of()));
		}
		return found;
	}

	private NavigableMap<Object, Set<Object>> range(QueryBounds wanted) {
		Object lower = wanted.lower();
		Object upper = wanted.upper();
		if (lower != null && upper != null && !this.arrays) {
			return (IdType.ORDER.compare(lower, upper) <= 0) ? this.positions.subMap(lower, true, upper, true)
					: new TreeMap<>();
		}
		if (lower != null) {
			return this.positions.tailMap(lower, true);
		}
		return (upper != null) ? this.positions.headMap(upper, true) : this.positions;
	}

	private Collection<Object> collect(Collection<Set<Object>> sets) {
		if (!this.arrays) {
			List<Object> found = new ArrayList<>();
			sets.forEach(found::addAll);
			return found;
		}
		Set<Object> found = new LinkedHashSet<>();
		sets.forEach(found::addAll);
		return found;
	}

}

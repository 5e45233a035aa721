package dev.agora.launcher.mongo.index;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/** A unique index, kept in memory as {@link SortedIndex} is. */
public final class UniqueIndex extends AbstractUniqueIndex<Object> implements CandidateIndex {

	private final Map<KeyValue, Object> positions = new HashMap<>();

	private final String field;

	private final OrderedIndex tree;

	public UniqueIndex(String name, List<IndexKey> keys, boolean sparse) {
		super(name, keys, sparse);
		this.field = keys.get(0).getKey();
		this.tree = new OrderedIndex(sparse);
		// The library takes arrays apart before it comes here, so any key may be of one.
		this.tree.sawArray();
	}

	@Override
	public boolean isExact(Document query) {
		return QueryBounds.of(query, this.field).points() != null;
	}

	@Override
	public @Nullable Collection<Object> candidates(Document query) {
		return this.tree.find(QueryBounds.of(query, this.field));
	}

	@Override
	protected boolean putKeyPosition(KeyValue key, Object position) {
		if (this.positions.putIfAbsent(key, position) != null) {
			return false;
		}
		this.tree.add(first(key), position);
		return true;
	}

	@Override
	protected @Nullable Object removeDocument(KeyValue key) {
		Object position = this.positions.remove(key);
		if (position != null) {
			this.tree.remove(first(key), position);
		}
		return position;
	}

	private static Object first(KeyValue key) {
		return Objects.requireNonNullElse(key.get(0), Missing.getInstance());
	}

	@Override
	protected @Nullable Object getPosition(KeyValue key) {
		return this.positions.get(key);
	}

	@Override
	protected Iterable<Map.Entry<KeyValue, Object>> getIterable() {
		return this.positions.entrySet();
	}

	@Override
	public long getCount() {
		return this.positions.size();
	}

	@Override
	public long getDataSize() {
		return getCount();
	}

}

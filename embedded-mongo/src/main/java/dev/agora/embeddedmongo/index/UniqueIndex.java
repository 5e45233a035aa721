package dev.agora.embeddedmongo.index;

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

/** A unique index, kept in memory like {@link SortedIndex}. */
public final class UniqueIndex extends AbstractUniqueIndex<Object> implements CandidateIndex {

	private final Map<KeyValue, Object> byKey = new HashMap<>();

	private final String field;

	private final OrderedIndex byFirstField;

	public UniqueIndex(String name, List<IndexKey> keys, boolean sparse) {
		super(name, keys, sparse);
		this.field = keys.get(0).getKey();
		this.byFirstField = new OrderedIndex(sparse);
		// The library splits arrays before it calls this index, so any key may be an
		// element.
		this.byFirstField.markMultikey();
	}

	@Override
	public boolean isExact(Document query) {
		return QueryBounds.of(query, this.field).equalTo() != null;
	}

	@Override
	public @Nullable Collection<Object> candidates(Document query) {
		return this.byFirstField.find(QueryBounds.of(query, this.field));
	}

	@Override
	protected boolean putKeyPosition(KeyValue key, Object position) {
		if (this.byKey.putIfAbsent(key, position) != null) {
			return false;
		}
		this.byFirstField.add(firstValue(key), position);
		return true;
	}

	@Override
	protected @Nullable Object removeDocument(KeyValue key) {
		Object position = this.byKey.remove(key);
		if (position != null) {
			this.byFirstField.remove(firstValue(key), position);
		}
		return position;
	}

	private static Object firstValue(KeyValue key) {
		return Objects.requireNonNullElse(key.get(0), Missing.getInstance());
	}

	@Override
	protected @Nullable Object getPosition(KeyValue key) {
		return this.byKey.get(key);
	}

	@Override
	protected Iterable<Map.Entry<KeyValue, Object>> getIterable() {
		return this.byKey.entrySet();
	}

	@Override
	public long getCount() {
		return this.byKey.size();
	}

	@Override
	public long getDataSize() {
		return getCount();
	}

}

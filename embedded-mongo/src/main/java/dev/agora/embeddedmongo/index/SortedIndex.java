package dev.agora.embeddedmongo.index;

import java.util.Collection;
import java.util.List;
import java.util.Objects;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A secondary index that is not unique, which the library lacks. It is kept in memory,
 * built by a scan when the collection is opened, and sorted by the first field of its
 * key.
 */
public final class SortedIndex extends Index<Object> implements CandidateIndex {

	private final String field;

	private final OrderedIndex positions;

	public SortedIndex(String name, List<IndexKey> keys, boolean sparse) {
		super(name, keys, sparse);
		this.field = keys.get(0).getKey();
		this.positions = new OrderedIndex(sparse);
	}

	@Override
	public boolean isExact(Document query) {
		return QueryBounds.of(query, this.field).equalTo() != null;
	}

	@Override
	public @Nullable Collection<Object> candidates(Document query) {
		return this.positions.find(QueryBounds.of(query, this.field));
	}

	/**
	 * Counts the documents that match a query.
	 * @param query the whole query
	 * @return the number, or {@code null} if the query does more than compare the indexed
	 * field with a text
	 */
	public @Nullable Integer count(Document query) {
		boolean counts = query.size() == 1 && query.get(this.field) instanceof String;
		Collection<Object> found = counts ? candidates(query) : null;
		return (found != null) ? found.size() : null;
	}

	@Override
	public void add(Document document, Object position, MongoCollection<Object> collection) {
		for (Object value : values(document)) {
			this.positions.add(value, position);
		}
	}

	@Override
	public @Nullable Object remove(Document document) {
		Object position = position(document);
		List<Object> values = values(document);
		for (Object value : values) {
			this.positions.remove(value, position);
		}
		return values.isEmpty() ? null : position;
	}

	@Override
	public void updateInPlace(Document oldDocument, Document newDocument, Object position,
			MongoCollection<Object> collection) {
		List<Object> oldValues = values(oldDocument);
		List<Object> newValues = values(newDocument);
		if (!oldValues.equals(newValues)) {
			oldValues.forEach((value) -> this.positions.remove(value, position));
			newValues.forEach((value) -> this.positions.add(value, position));
		}
	}

	private List<Object> values(Document document) {
		Object value = Utils.getSubdocumentValueCollectionAware(document, this.field);
		if (value instanceof Collection<?> elements) {
			this.positions.markMultikey();
			return elements.isEmpty() ? List.of(Missing.getInstance())
					: elements.stream().map(Missing::ofNullable).distinct().toList();
		}
		return (isSparse() && value instanceof Missing) ? List.of() : List.of(Missing.ofNullable(value));
	}

	private static Object position(Document document) {
		return Objects.requireNonNullElse(document.get("_id"), Missing.getInstance());
	}

	@Override
	public @Nullable Object getPosition(Document document) {
		return null;
	}

	@Override
	public boolean canHandle(Document query) {
		return false;
	}

	@Override
	public Iterable<Object> getPositions(Document query) {
		throw new UnsupportedOperationException("Queries use candidates()");
	}

	@Override
	public void checkAdd(Document document, MongoCollection<Object> collection) {
		// An index that is not unique accepts any document.
	}

	@Override
	public void checkUpdate(Document oldDocument, Document newDocument, MongoCollection<Object> collection) {
		// An index that is not unique accepts any change.
	}

	@Override
	public long getCount() {
		return this.positions.size();
	}

	@Override
	public long getDataSize() {
		return getCount();
	}

	@Override
	public void drop() {
		// The index is in memory alone.
	}

}

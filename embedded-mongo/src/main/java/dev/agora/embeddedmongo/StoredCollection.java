package dev.agora.embeddedmongo;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

import dev.agora.embeddedmongo.index.CandidateIndex;
import dev.agora.embeddedmongo.index.QueryBounds;
import dev.agora.embeddedmongo.index.SortedIndex;
import dev.agora.embeddedmongo.storage.JournaledMap;

/**
 * A collection in a map that is sorted by {@code _id}. Documents in the map are never
 * changed in place, since a commit or a response may be reading them.
 */
final class StoredCollection extends AbstractSynchronizedMongoCollection<Object> {

	private static final String ID = "_id";

	private final JournaledMap map;

	private final MVMap<Object, Document> documents;

	/**
	 * The number of matching documents that the library gets as copies to change: 0 for
	 * all of them, null if it gets the originals to read.
	 */
	private @Nullable Integer copies;

	StoredCollection(MongoDatabase database, String name, CollectionOptions options, CursorRegistry cursors,
			JournaledMap map) {
		super(database, name, options, cursors);
		this.map = map;
		this.documents = map.documents();
	}

	@Override
	public synchronized Document updateDocuments(Document selector, Document update, ArrayFilters arrayFilters,
			boolean multi, boolean upsert, Oplog oplog) {
		this.copies = multi ? 0 : 1;
		try {
			return super.updateDocuments(selector, update, arrayFilters, multi, upsert, oplog);
		}
		finally {
			this.copies = null;
		}
	}

	@Override
	public synchronized Document findAndModify(Document query) {
		this.copies = 1;
		try {
			return super.findAndModify(query);
		}
		finally {
			this.copies = null;
		}
	}

	@Override
	public synchronized int count(Document query, int skip, int limit) {
		return super.count(query, skip, limit);
	}

	/**
	 * Counts the documents with a text in an indexed field, without reading them; null
	 * for other queries.
	 */
	synchronized @Nullable Integer countOnIndex(Document query) {
		return getIndexes().stream()
			.filter(SortedIndex.class::isInstance)
			.map((index) -> ((SortedIndex) index).count(query))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	@Override
	public synchronized void addIndex(Index<Object> index) {
		super.addIndex(index);
	}

	@Override
	public synchronized void dropIndex(String indexName) {
		super.dropIndex(indexName);
	}

	@Override
	protected QueryResult queryDocuments(Document query, @Nullable Document orderBy, int skip, int limit, int batchSize,
			@Nullable Document projection) {
		Collection<Object> best = bestCandidates(query);
		return (best != null) ? matchDocuments(query, best, orderBy, skip, limit, batchSize, projection)
				: matchDocuments(query, orderBy, skip, limit, batchSize, projection);
	}

	private @Nullable Collection<Object> bestCandidates(Document query) {
		Collection<Object> best = null;
		List<CandidateIndex> indexes = getIndexes().stream()
			.filter(CandidateIndex.class::isInstance)
			.map(CandidateIndex.class::cast)
			.sorted(Comparator.comparing((index) -> !index.isExact(query)))
			.toList();
		boolean exact = false;
		for (CandidateIndex index : indexes) {
			if (exact && !index.isExact(query)) {
				break;
			}
			Collection<Object> found = index.candidates(query);
			if (found != null && (best == null || found.size() < best.size())) {
				best = found;
				exact |= index.isExact(query);
			}
		}
		return best;
	}

	@Override
	protected QueryResult matchDocuments(Document query, Iterable<Object> positions, @Nullable Document orderBy,
			int skip, int limit, int batchSize, @Nullable Document projection) {
		Integer direction = idOrder(orderBy);
		Stream<Object> candidates = QueryBounds.of(query, ID).select(positions, direction);
		return matchDocumentsFromStream(candidates.map(this::getDocument), query, (direction != null) ? null : orderBy,
				skip, limit, batchSize, projection);
	}

	@Override
	protected QueryResult matchDocuments(Document query, @Nullable Document orderBy, int skip, int limit, int batchSize,
			@Nullable Document projection) {
		QueryBounds ids = QueryBounds.of(query, ID);
		Integer direction = idOrder(orderBy);
		boolean reverse = (direction != null) ? direction < 0 : isNaturalDescending(orderBy);
		Object from = reverse ? ids.upper() : ids.lower();
		Object to = reverse ? ids.lower() : ids.upper();
		Stream<Document> scan = scan(this.documents.cursor(from, to, reverse)).map(DocumentWithPosition::getDocument);
		return matchDocumentsFromStream(scan, query, (direction != null) ? null : orderBy, skip, limit, batchSize,
				projection);
	}

	private static @Nullable Integer idOrder(@Nullable Document orderBy) {
		return (orderBy != null && orderBy.size() == 1 && orderBy.get(ID) instanceof Number direction)
				? direction.intValue() : null;
	}

	@Override
	protected QueryResult matchDocumentsFromStream(Document query, Stream<Document> candidates, int skip, int limit,
			int batchSize, @Nullable Comparator<Document> order, @Nullable Document projection) {
		Integer copying = this.copies;
		if (copying == null) {
			return super.matchDocumentsFromStream(query, candidates, skip, limit, batchSize, order, projection);
		}
		Stream<Document> matching = candidates.filter((document) -> documentMatchesQuery(document, query));
		if (order != null) {
			matching = matching.sorted(order);
		}
		if (copying > 0) {
			matching = matching.limit(copying);
		}
		return super.matchDocumentsFromStream(query, matching.map(Document::cloneDeeply), 0, 0, batchSize, null,
				projection);
	}

	@Override
	protected Stream<DocumentWithPosition<Object>> streamAllDocumentsWithPosition() {
		return scan(this.documents.cursor(null));
	}

	private static Stream<DocumentWithPosition<Object>> scan(Cursor<Object, Document> cursor) {
		Iterable<Object> ids = () -> cursor;
		return StreamSupport.stream(ids.spliterator(), false)
			.map((id) -> new DocumentWithPosition<>(cursor.getValue(), id));
	}

	@Override
	protected Document getDocument(Object position) {
		return Objects.requireNonNull(this.documents.get(position), "An index has a document that was removed");
	}

	@Override
	protected Object addDocumentInternal(Document document) {
		String idField = getIdField();
		Object id = (idField != null) ? Missing.ofNullable(document.get(idField)) : UUID.randomUUID();
		this.map.put(id, document);
		return id;
	}

	@Override
	protected void handleUpdate(Object position, Document oldDocument, Document newDocument) {
		this.map.put(position, newDocument);
	}

	@Override
	protected void removeDocument(Object position) {
		if (!this.map.remove(position)) {
			throw new NoSuchElementException("There is no document with id " + position);
		}
	}

	@Override
	public int count() {
		return this.documents.size();
	}

	@Override
	public boolean isEmpty() {
		return this.documents.isEmpty();
	}

	@Override
	protected boolean tracksDataSize() {
		return false;
	}

	@Override
	protected void updateDataSize(int sizeDelta) {
		// Counting bytes would double the number of writes.
	}

	@Override
	protected int getDataSize() {
		return 0;
	}

}

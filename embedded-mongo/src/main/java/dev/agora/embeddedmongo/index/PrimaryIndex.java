package dev.agora.embeddedmongo.index;

import java.util.Collection;
import java.util.List;
import java.util.Objects;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

import dev.agora.embeddedmongo.storage.IdType;

/**
 * The index on {@code _id}. It needs no data of its own, since the map of the documents
 * is keyed by {@code _id}; a position is an id.
 */
public final class PrimaryIndex extends Index<Object> implements CandidateIndex {

	private static final String ID = "_id";

	private final MVMap<Object, Document> documents;

	public PrimaryIndex(String name, List<IndexKey> keys, MVMap<Object, Document> documents) {
		super(name, keys, false);
		this.documents = documents;
	}

	@Override
	public boolean isExact(Document query) {
		return QueryBounds.of(query, ID).equalTo() != null;
	}

	@Override
	public @Nullable Collection<Object> candidates(Document query) {
		List<Object> ids = QueryBounds.of(query, ID).equalTo();
		if (ids == null) {
			return null;
		}
		if (ids.size() == 1) {
			Object id = ids.get(0);
			return this.documents.containsKey(id) ? List.of(id) : List.of();
		}
		return ids.stream().sorted(IdType.ORDER).distinct().filter(this.documents::containsKey).toList();
	}

	@Override
	public @Nullable Object getPosition(Document document) {
		Object id = Objects.requireNonNullElse(document.get(ID), Missing.getInstance());
		return this.documents.containsKey(id) ? id : null;
	}

	@Override
	public void checkAdd(Document document, MongoCollection<Object> collection) {
		if (getPosition(document) != null) {
			throw new DuplicateKeyError(this, collection, getKeys(), new KeyValue(document.get(ID)));
		}
	}

	@Override
	public @Nullable Object remove(Document document) {
		return getPosition(document);
	}

	@Override
	public void add(Document document, Object position, MongoCollection<Object> collection) {
		// The map of the documents is the index.
	}

	@Override
	public void checkUpdate(Document oldDocument, Document newDocument, MongoCollection<Object> collection) {
		// The library refuses a change of _id.
	}

	@Override
	public void updateInPlace(Document oldDocument, Document newDocument, Object position,
			MongoCollection<Object> collection) {
		// An id does not change.
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
	public boolean isEmpty() {
		// The library fills an empty index by a scan; this one needs none.
		return false;
	}

	@Override
	public long getCount() {
		return this.documents.sizeAsLong();
	}

	@Override
	public long getDataSize() {
		return getCount();
	}

	@Override
	public boolean isUnique() {
		return true;
	}

	@Override
	public void drop() {
		// The map of the documents is dropped with its collection.
	}

}

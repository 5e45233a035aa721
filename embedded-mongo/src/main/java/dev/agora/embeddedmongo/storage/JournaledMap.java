package dev.agora.embeddedmongo.storage;

import java.util.Optional;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** The documents of one collection by id. Each change is also appended to the journal. */
public final class JournaledMap {

	private final String name;

	private final MVMap<Object, Document> documents;

	private final Journal journal;

	private JournaledMap(String name, MVMap<Object, Document> documents, Journal journal) {
		this.name = name;
		this.documents = documents;
		this.journal = journal;
	}

	static JournaledMap open(MVStore store, String name, Journal journal) {
		return new JournaledMap(name, openMap(store, name), journal);
	}

	private static MVMap<Object, Document> openMap(MVStore store, String name) {
		MVMap.Builder<Object, Document> builder = new MVMap.Builder<>();
		builder.keyType(new IdType()).valueType(new DocumentType());
		return store.openMap(name, builder);
	}

	/** Applies one change from the journal to the store. */
	static void replay(MVStore store, Document change) {
		Object id = Missing.ofNullable(change.get("id"));
		MVMap<Object, Document> documents = openMap(store, String.valueOf(change.get("map")));
		if (change.containsKey("drop")) {
			store.removeMap(documents);
			return;
		}
		if (change.get("document") instanceof Document document) {
			documents.put(id, document);
		}
		else {
			documents.remove(id);
		}
	}

	/**
	 * The documents, to be read only.
	 * @return the map itself, which shows later changes too
	 */
	public MVMap<Object, Document> documents() {
		return this.documents;
	}

	public void put(Object id, Document document) {
		this.journal.append(this.name, id, document, () -> Optional.ofNullable(this.documents.put(id, document)));
	}

	/**
	 * Removes a document.
	 * @param id the id of the document
	 * @return whether there was such a document
	 */
	public boolean remove(Object id) {
		return this.journal.append(this.name, id, null, () -> this.documents.remove(id) != null);
	}

	/** Removes the map with all documents. */
	public void drop() {
		this.journal.appendDrop(this.name, this.documents::clear);
		// Takes a lock of the store, which a commit holds while it waits for the journal.
		this.documents.store.removeMap(this.documents);
	}

}

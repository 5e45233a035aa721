package dev.agora.launcher.mongo;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * The documents of one collection by their ids, each change noted in the journal.
 *
 * @param map the map's name in the store
 * @param documents the map
 * @param journal where changes are noted
 */
record JournaledMap(String map, MVMap<Object, Document> documents, Journal journal) {

	static JournaledMap open(MVStore store, String map, Journal journal) {
		return new JournaledMap(map, map(store, map), journal);
	}

	private static MVMap<Object, Document> map(MVStore store, String name) {
		MVMap.Builder<Object, Document> builder = new MVMap.Builder<>();
		builder.keyType(new IdType()).valueType(new DocumentType());
		return store.openMap(name, builder);
	}

	/** Does again what the journal has noted. */
	static void redo(MVStore store, Document change) {
		Object id = Missing.ofNullable(change.get("id"));
		MVMap<Object, Document> documents = map(store, String.valueOf(change.get("map")));
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

	void put(Object id, Document document) {
		this.documents.put(id, document);
		this.journal.note(this.map, id, document);
	}

	/** Removes the whole map. */
	void drop() {
		this.documents.store.removeMap(this.documents);
		this.journal.noteDrop(this.map);
	}

	boolean remove(Object id) {
		boolean removed = this.documents.remove(id) != null;
		this.journal.note(this.map, id, null);
		return removed;
	}

}

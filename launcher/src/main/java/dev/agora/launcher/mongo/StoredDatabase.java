package dev.agora.launcher.mongo;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.EmptyIndex;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.netty.channel.Channel;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

import dev.agora.launcher.mongo.index.PrimaryIndex;
import dev.agora.launcher.mongo.index.SortedIndex;
import dev.agora.launcher.mongo.index.UniqueIndex;

/** A database whose collections are maps of one store on disk. */
final class StoredDatabase extends AbstractSynchronizedMongoDatabase<Object> {

	/** What the backend finds its databases by. */
	static final String PREFIX = "databases.";

	private static final Pattern ARRAY_STEP = Pattern.compile("(^|\\.)\\d+(\\.|$)");

	private final MVStore store;

	private final Journal journal;

	StoredDatabase(String name, MVStore store, Journal journal, CursorRegistry cursors) {
		super(name, cursors);
		this.store = store;
		this.journal = journal;
		initializeNamespacesAndIndexes();
	}

	@Override
	public Document handleCommand(Channel channel, String command, Document query, DatabaseResolver databases,
			Oplog oplog) {
		if (command.equalsIgnoreCase("aggregate")) {
			Document answer = aggregateMatched(query, databases, oplog);
			if (answer != null) {
				return answer;
			}
		}
		return super.handleCommand(channel, command, query, databases, oplog);
	}

	/** The library would read the whole collection; a leading match can use an index. */
	private @Nullable Document aggregateMatched(Document query, DatabaseResolver databases, Oplog oplog) {
		MongoCollection<Object> collection = resolveCollection(String.valueOf(query.get("aggregate")), false);
		List<Document> pipeline = Aggregation.parse(query.get("pipeline"));
		if (collection == null || pipeline.isEmpty() || !(pipeline.get(0).get("$match") instanceof Document match)) {
			return null;
		}
		List<Document> rest = pipeline.subList(1, pipeline.size());
		Aggregation aggregation = Aggregation.fromPipeline(rest, databases, this, collection, oplog);
		aggregation.validate(query);
		List<Document> found = aggregation.runStages(collection.handleQueryAsStream(match));
		Document cursor = new Document("id", 0L).append("ns", collection.getFullName()).append("firstBatch", found);
		Document answer = new Document("cursor", cursor);
		Utils.markOkay(answer);
		return answer;
	}

	@Override
	protected Index<Object> openOrCreateUniqueIndex(String collectionName, String indexName, List<IndexKey> keys,
			boolean sparse) {
		if (keys.size() == 1 && keys.get(0).getKey().equals("_id")) {
			return new PrimaryIndex(indexName, keys, table(collectionName).documents());
		}
		return new UniqueIndex(indexName, keys, sparse);
	}

	@Override
	protected Index<Object> openOrCreateSecondaryIndex(String collectionName, String indexName, List<IndexKey> keys,
			boolean sparse) {
		boolean intoArray = ARRAY_STEP.matcher(keys.get(0).getKey()).find();
		return intoArray ? new EmptyIndex<>(indexName, keys) : new SortedIndex(indexName, keys, sparse);
	}

	@Override
	protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
		return new StoredCollection(this, name, options, this.cursorRegistry, table(name));
	}

	private JournaledMap table(String collectionName) {
		return JournaledMap.open(this.store, PREFIX + getFullCollectionNamespace(collectionName), this.journal);
	}

	@Override
	public void dropCollection(String name, Oplog oplog) {
		super.dropCollection(name, oplog);
		table(name).drop();
	}

	@Override
	public void drop(Oplog oplog) {
		super.drop(oplog);
		List<String> left = this.store.getMapNames()
			.stream()
			.filter((map) -> map.startsWith(PREFIX + getDatabaseName() + "."))
			.collect(Collectors.toList());
		left.forEach((map) -> JournaledMap.open(this.store, map, this.journal).drop());
	}

	@Override
	public void moveCollection(MongoDatabase from, MongoCollection<?> collection, String newName) {
		throw new MongoServerError(115, "CommandNotSupported", "Collections cannot be renamed here");
	}

	@Override
	protected long getFileSize() {
		return this.store.getFileStore().size();
	}

	@Override
	protected long getStorageSize() {
		return getFileSize();
	}

}

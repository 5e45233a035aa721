package dev.agora.embeddedmongo;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
import org.jspecify.annotations.Nullable;

import dev.agora.embeddedmongo.index.PrimaryIndex;
import dev.agora.embeddedmongo.index.SortedIndex;
import dev.agora.embeddedmongo.index.UniqueIndex;
import dev.agora.embeddedmongo.storage.JournaledMap;
import dev.agora.embeddedmongo.storage.Storage;

/** A database whose collections are maps of one {@link Storage}. */
final class StoredDatabase extends AbstractSynchronizedMongoDatabase<Object> {

	/** The beginning of the name of each map that is a collection. */
	static final String PREFIX = "databases.";

	private static final Pattern ARRAY_STEP = Pattern.compile("(^|\\.)\\d+(\\.|$)");

	/** How drivers count. */
	private static final Document COUNT = new Document("$group",
			new Document("_id", 1).append("n", new Document("$sum", 1)));

	private final Storage storage;

	StoredDatabase(String name, Storage storage, CursorRegistry cursors) {
		super(name, cursors);
		this.storage = storage;
		initializeNamespacesAndIndexes();
	}

	@Override
	public Document handleCommand(Channel channel, String command, Document query, DatabaseResolver databases,
			Oplog oplog) {
		if (command.equalsIgnoreCase("aggregate")) {
			Document response = aggregateMatched(query, databases, oplog);
			if (response != null) {
				return response;
			}
		}
		return super.handleCommand(channel, command, query, databases, oplog);
	}

	/**
	 * Runs a pipeline that starts with {@code $match} on an index, where the library
	 * would read the whole collection; null for other pipelines.
	 */
	private @Nullable Document aggregateMatched(Document query, DatabaseResolver databases, Oplog oplog) {
		MongoCollection<Object> collection = resolveCollection(String.valueOf(query.get("aggregate")), false);
		List<Document> pipeline = Aggregation.parse(query.get("pipeline"));
		if (collection == null || pipeline.isEmpty() || !(pipeline.get(0).get("$match") instanceof Document match)) {
			return null;
		}
		List<Document> rest = pipeline.subList(1, pipeline.size());
		Aggregation aggregation = Aggregation.fromPipeline(rest, databases, this, collection, oplog);
		aggregation.validate(query);
		List<Document> found = aggregation.runStages(matched(collection, match, rest));
		Document cursor = new Document("id", 0L).append("ns", collection.getFullName()).append("firstBatch", found);
		Document response = new Document("cursor", cursor);
		Utils.markOkay(response);
		return response;
	}

	/** Finds what a pipeline works on; empty documents for one that counts alone. */
	private static Stream<Document> matched(MongoCollection<Object> collection, Document match, List<Document> rest) {
		boolean counts = rest.stream().allMatch((stage) -> stage.containsKey("$limit") || stage.equals(COUNT));
		Integer count = (counts && collection instanceof StoredCollection stored) ? stored.countOnIndex(match) : null;
		return (count != null) ? Stream.generate(Document::new).limit(count) : collection.handleQueryAsStream(match);
	}

	@Override
	protected Index<Object> openOrCreateUniqueIndex(String collectionName, String indexName, List<IndexKey> keys,
			boolean sparse) {
		if (keys.size() == 1 && keys.get(0).getKey().equals("_id")) {
			return new PrimaryIndex(indexName, keys, map(collectionName).documents());
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
		return new StoredCollection(this, name, options, this.cursorRegistry, map(name));
	}

	private JournaledMap map(String collectionName) {
		return this.storage.map(PREFIX + getFullCollectionNamespace(collectionName));
	}

	@Override
	public void dropCollection(String name, Oplog oplog) {
		super.dropCollection(name, oplog);
		map(name).drop();
	}

	@Override
	public void drop(Oplog oplog) {
		super.drop(oplog);
		List<String> names = this.storage.mapNames()
			.stream()
			.filter((name) -> name.startsWith(PREFIX + getDatabaseName() + "."))
			.toList();
		names.forEach((name) -> this.storage.map(name).drop());
	}

	@Override
	public void moveCollection(MongoDatabase from, MongoCollection<?> collection, String newName) {
		throw new MongoServerError(115, "CommandNotSupported", "The embedded MongoDB does not rename collections.");
	}

	@Override
	protected long getFileSize() {
		return this.storage.fileSize();
	}

	@Override
	protected long getStorageSize() {
		return getFileSize();
	}

}

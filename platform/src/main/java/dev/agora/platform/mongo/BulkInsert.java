package dev.agora.platform.mongo;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.BsonDocument;
import reactor.core.publisher.Mono;

/** Inserts many documents at once, of which some may exist already. */
public final class BulkInsert {

	private BulkInsert() {
	}

	/**
	 * Inserts documents.
	 * @return the ids that were taken; all other documents are inserted
	 */
	public static Mono<Set<String>> insert(MongoCollection<BsonDocument> collection, List<BsonDocument> documents) {
		return Mono.from(collection.insertMany(documents, new InsertManyOptions().ordered(false)))
			.thenReturn(Set.<String>of())
			.onErrorResume(MongoBulkWriteException.class, (failure) -> taken(documents, failure));
	}

	private static Mono<Set<String>> taken(List<BsonDocument> documents, MongoBulkWriteException failure) {
		return CombinedCommands.onlyTaken(failure) ? Mono.just(failure.getWriteErrors()
			.stream()
			.map(BulkWriteError::getIndex)
			.map((index) -> documents.get(index).getString("_id").getValue())
			.collect(Collectors.toSet())) : Mono.error(failure);
	}

}

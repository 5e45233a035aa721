package dev.agora.product.planted;

import java.util.function.Supplier;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.Document;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** Reads one query in bounded batches, the other in one batch. */
public final class UnboundedQueries {

	Publisher<Document> one(MongoCollection<Document> products) {
		return products.find(Filters.eq("price", 1)).first();
	}

	Supplier<Flux<Document>> all(MongoCollection<Document> products) {
		return () -> Flux.from(products.find().limit(10));
	}

}

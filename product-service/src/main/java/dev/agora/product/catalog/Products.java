package dev.agora.product.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Change;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Documents;
import dev.agora.platform.document.Stored;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.web.Idempotency;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/**
 * All products: the system of record.
 * <p>
 * Shard key: {@code _id}. Lists ask all shards, each by an index.
 */
public final class Products {

	/** Where the events of products go. */
	public static final String TOPIC = "product.products.v1";

	private static final String SELLER = "value.seller.id";

	private final Documents<Product> documents;

	public Products(DocumentStore store) {
		this.documents = store.documents("products", Product.class, TOPIC)
			.indexed(Indexes.compoundIndex(Indexes.ascending("value.category"), Indexes.descending("_id")),
					Indexes.compoundIndex(Indexes.ascending(SELLER), Indexes.descending("_id")),
					Indexes.compoundIndex(Indexes.ascending("value.tags"), Indexes.descending("_id")));
	}

	/**
	 * Adds a product.
	 * @return the product, or the one that the same request added before
	 */
	public Mono<Stored<Product>> add(String id, Change<Product> listing, Optional<Idempotency> idempotency) {
		return this.documents.create(id, listing, idempotency);
	}

	/** A product from the source of truth; empty if it is not there. */
	public Mono<Stored<Product>> find(String id) {
		return this.documents.find(id);
	}

	/**
	 * Changes a product, if it is still there.
	 * @param decision from its state to a change; must be pure
	 */
	public Mono<Void> changeIfPresent(String id, Function<Product, Change<Product>> decision) {
		return this.documents.change(id, (current) -> decision.apply(current.value()))
			.onErrorResume(NotFound.class, (gone) -> Mono.empty())
			.then();
	}

	/**
	 * The ids of the products that know their seller by an older version than this. Read
	 * as they are asked for, so there may be many.
	 */
	public Flux<String> ofSellerBefore(String sellerId, long version) {
		return this.documents
			.scan(Filters.and(Filters.eq(SELLER, sellerId), Filters.lt("value.seller.version", version)),
					Sorts.descending("_id"))
			.map(Stored::id);
	}

	/** A page of the products selected, the newest first. */
	Mono<Page<Stored<Product>>> list(ProductQuery selection, PageRequest page) {
		return this.documents.list(filter(selection, page.cursor()), Sorts.descending("_id"), page.limit() + 1)
			.collectList()
			.map((read) -> Page.cut(read, page, Stored::id));
	}

	private static Bson filter(ProductQuery selection, @Nullable String cursor) {
		List<Bson> parts = new ArrayList<>();
		require(parts, "value.category", selection.category());
		require(parts, SELLER, selection.seller());
		require(parts, "value.tags", selection.tag());
		if (cursor != null) {
			parts.add(Filters.lt("_id", cursor));
		}
		return parts.isEmpty() ? Filters.empty() : Filters.and(parts);
	}

	private static void require(List<Bson> parts, String field, @Nullable String value) {
		if (value != null) {
			parts.add(Filters.eq(field, value));
		}
	}

}

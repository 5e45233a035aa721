package dev.agora.product.catalog;

import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Change;
import dev.agora.platform.document.Claim;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Documents;
import dev.agora.platform.document.Stored;
import dev.agora.platform.problem.Forbidden;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.PreconditionFailed;
import dev.agora.platform.web.Idempotency;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;
import dev.agora.platform.web.conditional.IfMatch;
import dev.agora.product.catalog.query.ProductFilters;
import dev.agora.product.catalog.query.ProductOrder;
import dev.agora.product.catalog.query.ProductQuery;
import dev.agora.product.rating.ReviewSummary;

/**
 * The system of record of products.
 * <p>
 * Shard key: {@code _id}. Lists query all shards, each by an index of
 * {@link ProductFilters}.
 */
public final class Products {

	/** The topic of the events of products. */
	public static final String TOPIC = "product.products.v1";

	private final Documents<Product> documents;

	private final Clock clock;

	public Products(DocumentStore store, Clock clock) {
		this.clock = clock;
		this.documents = store.trackedDocuments("products", Product.class, TOPIC)
			.derived("priceKey", (product) -> key(product, ProductOrder.PRICE))
			.derived("ratingKey", (product) -> key(product, ProductOrder.RATING))
			.indexed(ProductFilters.indexes());
	}

	/**
	 * Adds a product.
	 * @return the product, or the one that an earlier attempt of the same request added
	 */
	public Mono<Stored<Product>> add(String id, Change<Product> publication, Optional<Idempotency> idempotency) {
		return this.documents.create(id, publication, idempotency);
	}

	/**
	 * Adds many products at once, under ids that are reserved for them.
	 * @param publications the publications by id
	 * @return the ids that are taken, by a product or by one that was deleted
	 */
	public Mono<Set<String>> addAll(Map<String, Change<Product>> publications) {
		return this.documents.createAll(publications, Mono::just);
	}

	/** Finds several products, in no particular order. */
	public Flux<Stored<Product>> findAll(Collection<String> ids) {
		return ids.isEmpty() ? Flux.empty() : this.documents.findAll(ids);
	}

	/** Finds a product; empty if it does not exist. */
	public Mono<Stored<Product>> find(String id) {
		return this.documents.find(id);
	}

	/** Finds a product for an event; those of the same time share a command. */
	public Mono<Stored<Product>> findForEvent(String id) {
		return this.documents.findForEvent(id);
	}

	/**
	 * Replaces what its seller says about a product.
	 * @param ifMatch the edition that the seller expects
	 * @param wanted the product as the caller wants it, with the caller as its seller
	 * @return the product afterwards
	 * @throws NotFound if there is no such product
	 * @throws Forbidden if another member sells it
	 * @throws PreconditionFailed if the product has another edition
	 */
	public Mono<Stored<Product>> replace(String id, IfMatch ifMatch, Product wanted) {
		return this.documents.change(id, (current) -> {
			Product product = current.value();
			product.requireSeller(wanted.seller().id());
			ifMatch.requireEdition(product.edition());
			return product.replaceBy(wanted);
		}).onErrorMap(NotFound.class, (missing) -> NotFound.of("product", id));
	}

	/**
	 * Removes a product from the catalogue on behalf of a member; a repeated removal
	 * succeeds.
	 * @param ifMatch the edition that the seller expects, if any
	 * @throws NotFound if there is no such product
	 * @throws Forbidden if another member sells it
	 * @throws PreconditionFailed if the product has another edition
	 */
	public Mono<Void> delist(String id, Optional<IfMatch> ifMatch, String memberId) {
		return this.documents.change(id, (current) -> {
			Product product = current.value();
			product.requireSeller(memberId);
			ifMatch.ifPresent((condition) -> condition.requireEdition(product.edition()));
			return product.delist(this.clock.instant()).by(memberId);
		}).then().onErrorResume(NotFound.class, (missing) -> requireDelistedBy(memberId, id));
	}

	/**
	 * Changes a product.
	 * @param decision maps the state to a change; must be pure
	 * @throws NotFound if it does not exist
	 */
	public Mono<Stored<Product>> change(String id, Function<Product, Change<Product>> decision) {
		return this.documents.change(id, (current) -> decision.apply(current.value()));
	}

	/**
	 * Changes a product if it still exists.
	 * @param decision maps the state to a change; must be pure
	 */
	public Mono<Void> changeIfPresent(String id, Function<Product, Change<Product>> decision) {
		return this.documents.change(id, (current) -> decision.apply(current.value()))
			.onErrorResume(NotFound.class, (deleted) -> Mono.empty())
			.then();
	}

	/** Claims a product for a count of its reviews; empty if it does not exist. */
	public Mono<Claim<Product>> claim(String id) {
		return this.documents.claim(id);
	}

	/**
	 * Replaces the summary of a product's reviews.
	 * @return whether the product shows this summary; false if it was changed or claimed
	 * since
	 */
	public Mono<Boolean> rate(Claim<Product> claim, ReviewSummary summary) {
		Change<Product> change = claim.state().value().rate(summary);
		return change.written() ? claim.change(change).hasElement() : Mono.just(true);
	}

	/**
	 * Adds to the views of products. A repeated batch is added once.
	 * @param batch an id; batches with lower ids than the last one are ignored
	 * @param views the numbers of views, by the id of the product
	 */
	public Mono<Void> addViews(String batch, Map<String, Long> views) {
		return this.documents.tallies().add(batch, views);
	}

	/**
	 * Finds the ids of the products that show an older version of their seller than this.
	 * They are read on demand, so there may be many.
	 */
	public Flux<String> idsWithSellerBefore(String sellerId, long version) {
		return this.documents
			.scan(Filters.and(Filters.eq(ProductFilters.SELLER, sellerId), Filters.lt("value.seller.version", version)),
					Sorts.descending("_id"))
			.map(Stored::id);
	}

	/** Reads all products with higher ids than this, in the order of their ids. */
	public Flux<Stored<Product>> scanAfter(String id) {
		return this.documents.scan(Filters.gt("_id", id), Sorts.ascending("_id"));
	}

	/** Reads all products of a seller, the newest first. They are read on demand. */
	public Flux<Stored<Product>> scanOf(String sellerId) {
		return this.documents.scan(Filters.eq(ProductFilters.SELLER, sellerId), Sorts.descending("_id"));
	}

	/** Finds those of some ids under which there is no product. */
	public Flux<String> missingOf(Collection<String> ids) {
		return findAll(ids).map(Stored::id).collect(Collectors.toSet()).flatMapIterable((found) -> {
			Set<String> missing = new HashSet<>(ids);
			missing.removeAll(found);
			return missing;
		});
	}

	/** Counts the products, including those that were removed lately. */
	public Mono<Long> count() {
		return this.documents.count(Filters.empty());
	}

	/** Lists the newest products. */
	public Flux<Stored<Product>> newest(int limit) {
		return this.documents.list(Filters.empty(), Sorts.descending("_id"), limit);
	}

	/** Lists the newest products of a category. */
	public Flux<Stored<Product>> newestOf(String category, int limit) {
		return this.documents.list(Filters.eq(ProductFilters.CATEGORY, category), Sorts.descending("_id"), limit);
	}

	/** Lists a page of the products that match a query, in its order. */
	Mono<Page<Stored<Product>>> list(ProductQuery query, PageRequest page) {
		int limit = page.limit() + 1;
		Bson sort = ProductFilters.sort(query.order());
		return Flux.fromIterable(ProductFilters.page(query, page.cursor()))
			.concatMap((filter) -> this.documents.list(filter, sort, limit))
			.distinct(Stored::id)
			.take(limit)
			.collectList()
			.map((read) -> Page.cut(read, page, (last) -> query.cursor(key(last.value(), query.order()), last.id())));
	}

	private static String key(Product product, ProductOrder order) {
		return switch (order) {
			case NEWEST -> "";
			case PRICE -> product.price().sortKey();
			case RATING -> product.rating().sortKey();
		};
	}

	private Mono<Void> requireDelistedBy(String memberId, String id) {
		return this.documents.wasRemovedBy(memberId, id)
			.flatMap((repeated) -> repeated ? Mono.empty() : Mono.error(NotFound.of("product", id)));
	}

}

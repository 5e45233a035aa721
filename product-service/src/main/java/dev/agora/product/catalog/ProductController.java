package dev.agora.product.catalog;

import java.net.URI;
import java.util.Optional;

import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.input.QueryParameters;
import dev.agora.platform.representation.Representation;
import dev.agora.platform.web.Consistency;
import dev.agora.platform.web.Idempotency;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;
import dev.agora.platform.web.conditional.IfMatch;
import dev.agora.product.catalog.query.ProductQuery;

/** Creates, shows, lists, replaces and delists products. */
@RestController
// The media type is declared here, so that a client that does not accept JSON is refused
// before anything is written.
@RequestMapping(path = "/products", produces = MediaType.APPLICATION_JSON_VALUE)
public class ProductController {

	private final Products products;

	private final ProductCache cache;

	private final MemberProjection members;

	private final IdGenerator ids;

	ProductController(Products products, ProductCache cache, MemberProjection members, IdGenerator ids) {
		this.products = products;
		this.cache = cache;
		this.members = members;
		this.ids = ids;
	}

	@PostMapping
	Mono<ResponseEntity<byte[]>> create(Caller caller, @Valid @RequestBody NewProduct body,
			@RequestHeader(name = Idempotency.HEADER, required = false) @Nullable String key) {
		Optional<Idempotency> idempotency = Idempotency.of(key, "products " + caller.id(), body);
		String id = this.ids.next();
		return this.members.requireAccount(caller)
			.map((member) -> body.toProduct(Seller.of(member)).publish(IdGenerator.createdAt(id)))
			.flatMap((publication) -> this.products.add(id, publication, idempotency))
			.flatMap((product) -> this.cache.put(product).map((shown) -> toCreated(product.id(), shown)));
	}

	@GetMapping("/{id}")
	Mono<ResponseEntity<byte[]>> show(@PathVariable String id, Optional<Caller> caller, Consistency consistency) {
		return find(id, consistency.allowsCopy(caller)).switchIfEmpty(Mono.error(() -> NotFound.of("product", id)))
			.map(ProductController::toResponse);
	}

	@GetMapping
	Mono<Page<ProductView>> list(@RequestParam MultiValueMap<String, String> parameters, Consistency consistency) {
		PageRequest page = PageRequest.withOwnCursor(QueryParameters.single(parameters, "limit"),
				QueryParameters.single(parameters, "cursor"));
		// Only single products are cached: a list comes from the store at every level of
		// consistency.
		return this.products.list(ProductQuery.parse(parameters), page).map((found) -> found.map(ProductView::of));
	}

	@PutMapping("/{id}")
	Mono<ResponseEntity<byte[]>> replace(@PathVariable String id, Caller caller, IfMatch ifMatch,
			@Valid @RequestBody NewProduct body) {
		return Mono.fromSupplier(() -> body.toProduct(Seller.of(caller)))
			.flatMap((wanted) -> this.products.replace(id, ifMatch, wanted))
			.flatMap(this.cache::put)
			.map(ProductController::toResponse);
	}

	/**
	 * Delists a product. {@code If-Match} is checked but not required, since a removal
	 * overwrites no change of the seller.
	 */
	@DeleteMapping("/{id}")
	Mono<ResponseEntity<Void>> delist(@PathVariable String id, Caller caller, Optional<IfMatch> ifMatch) {
		return this.products.delist(id, ifMatch, caller.id())
			.then(Mono.defer(() -> this.cache.remove(id)))
			.thenReturn(ResponseEntity.noContent().build());
	}

	private Mono<Representation> find(String id, boolean cacheAllowed) {
		if (!IdGenerator.isId(id)) {
			return Mono.empty();
		}
		return cacheAllowed ? this.cache.find(id) : this.cache.findUncached(id);
	}

	private static ResponseEntity<byte[]> toResponse(Representation product) {
		return ResponseEntity.ok().eTag(product.etag()).body(product.body());
	}

	private static ResponseEntity<byte[]> toCreated(String id, Representation product) {
		return ResponseEntity.created(URI.create("/api/v1/products/" + id)).eTag(product.etag()).body(product.body());
	}

}

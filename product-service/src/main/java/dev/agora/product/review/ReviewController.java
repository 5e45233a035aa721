package dev.agora.product.review;

import java.util.Objects;
import java.util.Optional;

import jakarta.validation.Valid;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.platform.document.Stored;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.problem.Forbidden;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.web.Consistency;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;
import dev.agora.platform.web.conditional.IfMatch;
import dev.agora.product.catalog.Product;
import dev.agora.product.catalog.Products;

/** Writes and deletes the caller's review of a product, and lists its reviews. */
@RestController
@RequestMapping("/products/{id}/reviews")
public class ReviewController {

	private final Reviews reviews;

	private final Products products;

	private final MemberProjection members;

	private final IdGenerator ids;

	ReviewController(Reviews reviews, Products products, MemberProjection members, IdGenerator ids) {
		this.reviews = reviews;
		this.products = products;
		this.members = members;
		this.ids = ids;
	}

	@PutMapping(path = "/mine", produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<ReviewView>> write(@PathVariable String id, Caller caller, @Valid @RequestBody NewReview body,
			Optional<IfMatch> expected) {
		String serial = this.ids.next();
		return this.members.requireAccount(caller)
			.zipWhen((member) -> requireProductOfOther(id, member))
			.flatMap((read) -> this.reviews.write(body.toReview(id, Reviewer.of(read.getT1()), serial),
					ReviewedItem.of(read.getT2()), expected))
			.map((review) -> toResponse(review, serial));
	}

	@DeleteMapping("/mine")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> delete(@PathVariable String id, Caller caller, Optional<IfMatch> expected) {
		return this.reviews.delete(id, caller.id(), expected)
			.filter((written) -> !written)
			.flatMap((neverWritten) -> requireProduct(id))
			.then();
	}

	@GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<Page<ReviewView>> list(@PathVariable String id, PageRequest page, Consistency consistency) {
		// Lists are not cached: they come from the store at every level of consistency.
		return requireProduct(id).then(Mono.defer(() -> this.reviews.list(id, page)))
			.map((found) -> found.map(ReviewView::of));
	}

	private Mono<Stored<Product>> requireProductOfOther(String id, Caller member) {
		return requireProduct(id).doOnNext((product) -> {
			if (product.value().seller().id().equals(member.id())) {
				throw new Forbidden("A seller cannot review their own product.");
			}
		});
	}

	private Mono<Stored<Product>> requireProduct(String id) {
		return (IdGenerator.isId(id) ? this.products.find(id) : Mono.<Stored<Product>>empty())
			.switchIfEmpty(Mono.error(() -> NotFound.of("product", id)));
	}

	/** Responds with 201 if this request created the review, otherwise with 200. */
	private static ResponseEntity<ReviewView> toResponse(Stored<Review> stored, String serial) {
		Opinion opinion = Objects.requireNonNull(stored.value().opinion(), "The review is deleted.");
		HttpStatus status = opinion.serial().equals(serial) ? HttpStatus.CREATED : HttpStatus.OK;
		ReviewView view = ReviewView.of(stored);
		return ResponseEntity.status(status).eTag(view.etag()).body(view);
	}

}

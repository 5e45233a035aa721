package dev.agora.feed.post;

import java.net.URI;
import java.util.Optional;

import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.ActivityProduct;
import dev.agora.feed.activity.ActivityView;
import dev.agora.feed.activity.Author;
import dev.agora.feed.product.ProductProjection;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.web.Consistency;
import dev.agora.platform.web.Idempotency;

/** Creates, shows and deletes posts. */
@RestController
public final class PostController {

	private final MemberPosts posts;

	private final ProductProjection products;

	private final MemberProjection members;

	public PostController(MemberPosts posts, ProductProjection products, MemberProjection members) {
		this.posts = posts;
		this.products = products;
		this.members = members;
	}

	@PostMapping("/posts")
	Mono<ResponseEntity<ActivityView>> create(Caller caller, @Valid @RequestBody NewPost body,
			@RequestHeader(name = Idempotency.HEADER, required = false) @Nullable String key) {
		Optional<Idempotency> idempotency = Idempotency.of(key, "posts " + caller.id(), body);
		return Mono.zip(this.members.requireAccount(caller).map(Author::of), findProduct(body.productId()))
			.flatMap((cards) -> this.posts
				.add((at) -> Activity.post(cards.getT1(), body.text(), cards.getT2().orElse(null), at), idempotency))
			.map(PostController::toCreated);
	}

	@GetMapping("/posts/{id}")
	Mono<ResponseEntity<ActivityView>> show(@PathVariable String id, Consistency consistency, Caller caller) {
		return this.posts.require(id, caller, consistency).map(PostController::toResponse);
	}

	@DeleteMapping("/posts/{id}")
	Mono<ResponseEntity<Void>> delete(@PathVariable String id, Caller caller) {
		return this.posts.delete(id, caller).thenReturn(ResponseEntity.noContent().build());
	}

	private Mono<Optional<ActivityProduct>> findProduct(@Nullable String id) {
		return (id != null) ? this.products.require(id).map(Optional::of) : Mono.just(Optional.empty());
	}

	private static ResponseEntity<ActivityView> toCreated(ActivityView post) {
		return ResponseEntity.created(URI.create("/api/v1/posts/" + post.id()))
			.eTag(Long.toString(post.version()))
			.body(post);
	}

	private static ResponseEntity<ActivityView> toResponse(ActivityView post) {
		return ResponseEntity.ok().eTag(Long.toString(post.version())).body(post);
	}

}

package dev.agora.session.member;

import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.platform.document.Change;
import dev.agora.platform.document.Stored;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.web.Consistency;
import dev.agora.platform.web.Idempotency;
import dev.agora.session.password.Passwords;

/** Registers and finds members. */
@RestController
public final class MemberController {

	private final Members members;

	private final MemberCache cache;

	private final Passwords passwords;

	private final IdGenerator ids;

	private final Clock clock;

	public MemberController(Members members, MemberCache cache, Passwords passwords, IdGenerator ids, Clock clock) {
		this.members = members;
		this.cache = cache;
		this.passwords = passwords;
		this.ids = ids;
		this.clock = clock;
	}

	@PostMapping("/members")
	Mono<ResponseEntity<MemberView>> register(@Valid @RequestBody NewMember body,
			@RequestHeader(name = Idempotency.HEADER, required = false) @Nullable String key) {
		// A registration has no caller yet and a key is no secret, so the handle is its
		// scope. The password is not compared, so no response reveals it.
		Optional<Idempotency> idempotency = Idempotency.of(key, "members " + body.handle(), body);
		String id = this.ids.next();
		return this.passwords.hash(body.password())
			.map((hash) -> toMember(body, hash))
			.flatMap((registration) -> this.members.register(id, registration, idempotency))
			.flatMap(this.cache::put)
			.map(MemberController::toCreated);
	}

	@GetMapping("/members/{id}")
	Mono<ResponseEntity<MemberView>> show(@PathVariable String id, Consistency consistency, Optional<Caller> caller) {
		return requireMember(id, consistency.allowsCopy(caller)).map(MemberController::toResponse);
	}

	@GetMapping("/members/me")
	Mono<ResponseEntity<MemberView>> showCaller(Consistency consistency, Caller caller) {
		return requireMember(caller.id(), consistency.allowsCopy(Optional.of(caller)))
			.map(MemberController::toResponse);
	}

	@GetMapping("/members")
	Mono<ResponseEntity<MemberView>> find(@RequestParam(required = false) @Nullable String handle) {
		if (handle == null) {
			throw InvalidRequest.field("handle", "must be given");
		}
		if (!handle.matches(NewMember.HANDLE)) {
			throw InvalidRequest.field("handle", NewMember.HANDLE_FORM);
		}
		return this.members.findByHandle(handle)
			.switchIfEmpty(Mono.error(() -> new NotFound("There is no member with this handle.")))
			.map(Profile::of)
			.map(MemberController::toResponse);
	}

	private Change<Member> toMember(NewMember request, String passwordHash) {
		return request.toMember(passwordHash, this.clock.instant().truncatedTo(ChronoUnit.MILLIS));
	}

	private Mono<Profile> requireMember(String id, boolean fromCopy) {
		if (!IdGenerator.isId(id)) {
			throw NotFound.of("member", id);
		}
		Mono<Profile> member = fromCopy ? this.cache.find(id) : this.members.find(id).map(Profile::of);
		return member.switchIfEmpty(Mono.error(() -> NotFound.of("member", id)));
	}

	private static ResponseEntity<MemberView> toCreated(Profile member) {
		return ResponseEntity.created(URI.create("/api/v1/members/" + member.id()))
			.eTag(Long.toString(member.version()))
			.body(MemberView.of(member));
	}

	private static ResponseEntity<MemberView> toResponse(Profile member) {
		return ResponseEntity.ok().eTag(Long.toString(member.version())).body(MemberView.of(member));
	}

}

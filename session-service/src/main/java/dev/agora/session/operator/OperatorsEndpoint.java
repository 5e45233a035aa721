package dev.agora.session.operator;

import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.Problem;
import dev.agora.session.member.NewMember;

/**
 * Lists, grants and revokes the rights of operators, on the management port only. A grant
 * needs a JSON body, so that no web page can send one from a browser on the same machine.
 */
@Endpoint(id = "operators")
public final class OperatorsEndpoint {

	private final Operators operators;

	public OperatorsEndpoint(Operators operators) {
		this.operators = operators;
	}

	/** Lists the operators, the newest first. */
	@ReadOperation
	public Mono<OperatorList> list() {
		return this.operators.list().map(OperatorView::of).collectList().map(OperatorList::new);
	}

	/** Makes the member with a handle an operator. */
	@WriteOperation
	public Mono<WebEndpointResponse<Object>> grant(String handle) {
		return respond(requireHandle(handle).flatMap(this.operators::grant).map(OperatorView::of));
	}

	/** Ends the rights of the member with a handle. */
	@DeleteOperation
	public Mono<WebEndpointResponse<Object>> revoke(@Selector String handle) {
		return respond(requireHandle(handle).flatMap(this.operators::revoke).map(OperatorView::of));
	}

	private static Mono<String> requireHandle(String handle) {
		return handle.matches(NewMember.HANDLE) ? Mono.just(handle)
				: Mono.error(InvalidRequest.field("handle", NewMember.HANDLE_FORM));
	}

	/** The management port has no handler of problems. */
	private static Mono<WebEndpointResponse<Object>> respond(Mono<OperatorView> member) {
		return member.map((found) -> new WebEndpointResponse<Object>(found))
			.onErrorResume(Problem.class, (problem) -> Mono.just(refusal(problem)));
	}

	private static WebEndpointResponse<Object> refusal(Problem problem) {
		String detail = problem.errors().isEmpty() ? problem.detail()
				: "The " + problem.errors().get(0).field() + " " + problem.errors().get(0).message() + ".";
		return new WebEndpointResponse<>(new Refusal(problem.code(), detail), problem.status());
	}

	/**
	 * The response to a read.
	 *
	 * @param items the operators
	 */
	public record OperatorList(List<OperatorView> items) {
	}

	/**
	 * The response to a call that failed.
	 *
	 * @param code the code for programs
	 * @param detail the reason
	 */
	record Refusal(String code, String detail) {
	}

}

package dev.agora.measure;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;

/** The smallest proxy on this stack: it copies headers and bodies in both directions. */
@Command(name = "proxy", hidden = true)
final class HandWrittenProxy implements Callable<Integer> {

	private static final int CONNECTIONS = 500;

	@Option(names = "--port", required = true)
	private int port;

	@Option(names = "--upstream", required = true)
	private String upstream = "";

	@Override
	public Integer call() {
		HttpClient client = HttpClient.create(ConnectionProvider.create("upstream", CONNECTIONS))
			.baseUrl(this.upstream);
		HttpServer.create()
			.host("127.0.0.1")
			.port(this.port)
			.handle((request, response) -> pass(client, request, response))
			.bindNow()
			.onDispose()
			.block();
		return 0;
	}

	private static Mono<Void> pass(HttpClient client, HttpServerRequest request, HttpServerResponse response) {
		return client.headers((headers) -> headers.set(request.requestHeaders()).remove("Host"))
			.request(request.method())
			.uri(request.uri())
			.send(request.receive().retain())
			.responseConnection((upstream, connection) -> {
				response.status(upstream.status()).headers(upstream.responseHeaders());
				return response.send(connection.inbound().receive().retain()).then();
			})
			.then();
	}

}

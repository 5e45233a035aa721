package dev.agora.measure;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;

/**
 * The upstream of every compared proxy, which returns the same 512 bytes for every
 * request.
 */
@Command(name = "upstream", hidden = true)
final class Upstream implements Callable<Integer> {

	static final String BODY = "{\"text\":\"" + "x".repeat(501) + "\"}";

	@Option(names = "--port", required = true)
	private int port;

	@Override
	public Integer call() {
		ByteBuf body = Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(BODY, StandardCharsets.UTF_8));
		HttpServer.create()
			.host("127.0.0.1")
			.port(this.port)
			.handle((request, response) -> response.header("Content-Type", "application/json")
				.header("Content-Length", String.valueOf(body.readableBytes()))
				.sendObject(Mono.fromSupplier(body::duplicate)))
			.bindNow()
			.onDispose()
			.block();
		return 0;
	}

}

package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;

/**
 * The smallest server on this stack: it returns the same bytes and headers for every
 * request.
 */
@Command(name = "stored-response", hidden = true)
final class StoredResponse implements Callable<Integer> {

	@Option(names = "--port", required = true)
	private int port;

	@Option(names = "--body", required = true)
	private Path body = Path.of("");

	@Option(names = "--etag", required = true)
	private String etag = "";

	@Override
	public Integer call() throws IOException {
		ByteBuf bytes = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(Files.readAllBytes(this.body)));
		HttpServer.create()
			.host("127.0.0.1")
			.port(this.port)
			.handle((request, response) -> response.header("Content-Type", "application/json")
				.header("ETag", this.etag)
				.header("Content-Length", String.valueOf(bytes.readableBytes()))
				.sendObject(Mono.fromSupplier(bytes::duplicate)))
			.bindNow()
			.onDispose()
			.block();
		return 0;
	}

}

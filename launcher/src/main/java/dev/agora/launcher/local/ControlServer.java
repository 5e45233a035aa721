package dev.agora.launcher.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

import dev.agora.launcher.process.supervision.Supervisor;
import dev.agora.launcher.root.DaemonThreads;
import dev.agora.launcher.root.Problem;

/**
 * Lets other commands control the launcher by HTTP, on this machine only:
 * {@code POST /processes/NAME/start|stop|kill}. A start may name the jar of another build
 * by {@code ?jar=FILE}. The stop before such a start may name the jar too, and is refused
 * if the process cannot be started from a jar.
 */
public final class ControlServer implements AutoCloseable {

	private final Supervisor supervisor;

	private final HttpServer server;

	/**
	 * Listens on a free port of 127.0.0.1.
	 * @param supervisor starts and stops the processes
	 * @throws IOException if the server cannot listen
	 */
	public ControlServer(Supervisor supervisor) throws IOException {
		this.supervisor = supervisor;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
		this.server.setExecutor(Executors.newCachedThreadPool(new DaemonThreads("control")));
		this.server.createContext("/processes/", this::handle);
		this.server.start();
	}

	/**
	 * Returns the address of the server.
	 * @return the address, as a URL
	 */
	public String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	private void handle(HttpExchange exchange) throws IOException {
		String[] path = exchange.getRequestURI().getPath().split("/", -1);
		boolean valid = path.length == 4 && exchange.getRequestMethod().equals("POST");
		try {
			respond(exchange, valid ? 200 : 404,
					valid ? execute(path[2], path[3], jar(exchange.getRequestURI())) : "There is no such action.");
		}
		catch (Problem ex) {
			respond(exchange, 409, String.valueOf(ex.getMessage()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			respond(exchange, 503, "The launcher is being stopped.");
		}
	}

	private static @Nullable Path jar(URI request) {
		String query = request.getQuery();
		return (query != null && query.startsWith("jar=")) ? Path.of(query.substring("jar=".length())) : null;
	}

	private String execute(String name, String action, @Nullable Path jar) throws IOException, InterruptedException {
		switch (action) {
			case "start" -> {
				this.supervisor.restart(name, jar);
				return name + " is ready.";
			}
			case "stop" -> {
				this.supervisor.stop(name, jar);
				return name + " was stopped.";
			}
			case "kill" -> {
				this.supervisor.kill(name);
				return name + " was killed.";
			}
			default -> throw new Problem("There is no action " + action + ". Choose start, stop or kill.");
		}
	}

	private static void respond(HttpExchange exchange, int status, String text) throws IOException {
		byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
		try (exchange) {
			exchange.sendResponseHeaders(status, body.length);
			exchange.getResponseBody().write(body);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}

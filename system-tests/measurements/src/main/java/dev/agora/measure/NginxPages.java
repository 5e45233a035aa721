package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs nginx as a CDN in front of the gateway, and as a server of the same pages as
 * files.
 */
final class NginxPages {

	private static final String COMMON = """
			daemon off;
			master_process off;
			pid %1$s/nginx.pid;
			error_log %1$s/error.log;
			events {}
			http {
			  client_body_temp_path %1$s; proxy_temp_path %1$s/temp; fastcgi_temp_path %1$s;
			  uwsgi_temp_path %1$s; scgi_temp_path %1$s;
			  keepalive_requests 1000000000;
			  proxy_http_version 1.1;
			  proxy_set_header Connection "";
			""";

	private static final String CDN = COMMON + """
			  log_format status '$upstream_cache_status';
			  access_log %1$s/status.log status;
			  proxy_cache_path %1$s/cache keys_zone=pages:8m;
			  upstream origin { server %2$s; keepalive 64; }
			  server {
			    listen 127.0.0.1:%3$d;
			    location / {
			      proxy_pass http://origin;
			      proxy_cache pages;
			      proxy_cache_lock on;
			      proxy_cache_background_update on;
			      proxy_cache_use_stale updating error timeout http_500 http_502 http_503 http_504;
			    }
			  }
			}
			""";

	private static final String FILES = COMMON + """
			  access_log off;
			  default_type text/html;
			  upstream files { server 127.0.0.1:%2$d; keepalive 64; }
			  server {
			    listen 127.0.0.1:%2$d;
			    root %1$s/files;
			    gzip_static on;
			    open_file_cache max=100;
			  }
			  server {
			    listen 127.0.0.1:%3$d;
			    location / { proxy_pass http://files; }
			  }
			}
			""";

	private final Path folder;

	NginxPages() throws IOException {
		this.folder = Files.createTempDirectory("agora-nginx");
	}

	/** Starts a caching proxy in front of an origin and returns its address. */
	URI startCdn(Children children, URI origin) throws IOException, InterruptedException {
		int port = Children.freePort();
		start(children, CDN.formatted(this.folder, origin.getAuthority(), port));
		URI address = URI.create("http://127.0.0.1:" + port);
		children.awaitReady(address.resolve("/pages/trending"));
		return address;
	}

	/** Starts a server of one page and a proxy in front of it, and returns the side. */
	Side startFiles(Children children, String path, byte[] gzip, byte[] plain)
			throws IOException, InterruptedException {
		Path file = this.folder.resolve("files" + path);
		Files.createDirectories(file.getParent());
		Files.write(file, plain);
		Files.write(file.resolveSibling(file.getFileName() + ".gz"), gzip);
		int port = Children.freePort();
		Process process = start(children, FILES.formatted(this.folder, Children.freePort(), port));
		URI address = URI.create("http://127.0.0.1:" + port + path);
		children.awaitReady(address);
		return new Side("nginx, a file through its proxy", process.pid(), address, Map.of("Accept-Encoding", "gzip"));
	}

	/** Counts the requests to the CDN by their status in its cache. */
	Map<String, Long> statuses() throws IOException {
		Map<String, Long> counts = new TreeMap<>();
		try (Stream<String> lines = Files.lines(this.folder.resolve("status.log"))) {
			lines.forEach((status) -> counts.merge(status, 1L, Long::sum));
		}
		return counts;
	}

	private Process start(Children children, String configuration) throws IOException {
		Path file = Files.writeString(Files.createTempFile(this.folder, "nginx", ".conf"), configuration);
		return children.program(List.of("nginx", "-c", file.toString()), Map.of());
	}

}

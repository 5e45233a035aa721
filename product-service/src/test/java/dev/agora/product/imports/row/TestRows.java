package dev.agora.product.imports.row;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

import dev.agora.platform.imports.row.JsonRows;
import dev.agora.platform.imports.row.Row;
import dev.agora.platform.imports.row.RowBatches;
import dev.agora.platform.imports.row.RowError;
import dev.agora.platform.imports.row.RowReader;
import dev.agora.platform.json.StrictJson;
import dev.agora.platform.text.Nfc;
import dev.agora.product.catalog.Product;
import dev.agora.product.catalog.Seller;

/** Reads the rows of files for tests. */
public final class TestRows {

	public static final Validator VALIDATOR = Validation.buildDefaultValidatorFactory().getValidator();

	public static final Seller ANNA = new Seller("0SAX0RSKMBGW0", "anna", "Anna", 3);

	static {
		Nfc.loadTables();
	}

	private TestRows() {
	}

	/** A mapper that is as strict as that of the service. */
	public static JsonMapper strictJson() {
		JsonFactoryBuilder factory = JsonFactory.builder();
		StrictJson.customize(factory);
		JsonMapper.Builder builder = JsonMapper.builder(factory.build());
		StrictJson.customize(builder);
		return builder.build();
	}

	public static ColumnQuery columns(String query) {
		MultiValueMap<String, String> decoded = new LinkedMultiValueMap<>(
				UriComponentsBuilder.newInstance().query(query).build().getQueryParams());
		return ColumnQuery.parse(decoded);
	}

	static List<RowBatches.Batch<Product>> csv(String file, String query) {
		return read(() -> new CsvRows(stream(file), columns(query), new RowCheck(VALIDATOR, ANNA)));
	}

	static List<RowBatches.Batch<Product>> ndjson(String file) {
		return read(() -> rows(file));
	}

	private static RowReader<Product> rows(String file) {
		return new JsonRows<>(stream(file), RowCheck.MAX_LINE, strictJson(),
				(line, row) -> new RowCheck(VALIDATOR, ANNA).parse(line, row, strictJson()));
	}

	/** Reads without a wait, which an interrupted thread could not do. */
	static List<RowBatches.Batch<Product>> ndjsonOnThisThread(String file) {
		List<RowBatches.Batch<Product>> read = new ArrayList<>();
		RowBatches.read(() -> rows(file), 0).subscribe(read::add);
		return read;
	}

	static List<RowBatches.Batch<Product>> read(Callable<RowReader<Product>> reader) {
		return Objects.requireNonNull(RowBatches.read(reader, 0).collectList().block());
	}

	static List<Product> products(List<RowBatches.Batch<Product>> batches) {
		return batches.stream().flatMap((batch) -> batch.valid().stream()).map(Row.Valid::value).toList();
	}

	static List<RowError> errors(List<RowBatches.Batch<Product>> batches) {
		return batches.stream().flatMap((batch) -> batch.errors().stream()).toList();
	}

	static List<String> keys(List<RowBatches.Batch<Product>> batches) {
		return batches.stream().flatMap((batch) -> batch.valid().stream()).map(Row.Valid::key).toList();
	}

	static InputStream stream(String file) {
		return new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8));
	}

}

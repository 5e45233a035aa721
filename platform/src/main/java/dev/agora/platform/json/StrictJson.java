package dev.agora.platform.json;

import java.math.BigDecimal;

import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * Configures Jackson to read JSON as strictly as the contract demands: UTF-8 only, no
 * duplicate or unknown members, no coercion between types.
 */
public final class StrictJson {

	private StrictJson() {
	}

	/** Accepts only well-formed UTF-8 without a byte order mark. */
	public static void customize(JsonFactoryBuilder factory) {
		factory.disable(TokenStreamFactory.Feature.CHARSET_DETECTION).inputDecorator(new StrictUtf8());
	}

	/** Refuses duplicate and unknown members, and values of another type. */
	public static void customize(JsonMapper.Builder builder) {
		builder.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
			.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
			.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
			.withCoercionConfig(LogicalType.Textual,
					(text) -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
						.setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
						.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
			.addModule(wholeNumbers());
	}

	private static SimpleModule wholeNumbers() {
		return new SimpleModule("whole-numbers")
			.addDeserializer(Long.class,
					new WholeNumberDeserializer<>(Long.class, JsonParser::getLongValue, BigDecimal::longValueExact))
			.addDeserializer(Integer.class,
					new WholeNumberDeserializer<>(Integer.class, JsonParser::getIntValue, BigDecimal::intValueExact));
	}

}

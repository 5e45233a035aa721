package dev.agora.graph.tie;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/** The fields of a counted tie, in the tie and in the counts. */
public final class TieCountFields {

	/** The field with the revision of the tie that was counted. */
	public static final String REVISION = "revision";

	private static final String KINDS = "kinds";

	private TieCountFields() {
	}

	/** Returns the name of a list in documents. */
	public static String nameOf(TieKind kind) {
		return kind.name().toLowerCase(Locale.ROOT);
	}

	public static BsonDocument toBson(TieCount count) {
		BsonArray kinds = new BsonArray();
		count.kinds().stream().sorted().forEach((kind) -> kinds.add(new BsonString(nameOf(kind))));
		return new BsonDocument(KINDS, kinds).append(REVISION, new BsonInt64(count.revision()));
	}

	public static TieCount toCount(BsonDocument document) {
		Set<TieKind> kinds = EnumSet.noneOf(TieKind.class);
		document.getArray(KINDS)
			.forEach((name) -> kinds.add(TieKind.valueOf(name.asString().getValue().toUpperCase(Locale.ROOT))));
		return new TieCount(document.getInt64(REVISION).getValue(), kinds);
	}

}

